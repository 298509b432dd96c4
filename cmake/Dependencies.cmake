# Third-party libraries. Debian packages are listed in tools/apt.txt, npm ones in package.json; both are installed by tools/setup.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(Boost 1.81 REQUIRED COMPONENTS json url)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(CURL 7.88 REQUIRED)
find_package(ICU REQUIRED COMPONENTS uc i18n)
find_package(prometheus-cpp REQUIRED)
find_package(Eigen3 REQUIRED NO_MODULE)
find_package(pugixml REQUIRED)
find_package(SQLiteCpp REQUIRED)
pkg_check_modules(VIPS REQUIRED IMPORTED_TARGET vips-cpp)
# Its -pthread would prevent the shared precompiled headers; Threads::Threads links the same.
set_property(TARGET PkgConfig::VIPS PROPERTY INTERFACE_COMPILE_OPTIONS "")
pkg_check_modules(SODIUM REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(ZSTD REQUIRED IMPORTED_TARGET libzstd)
pkg_check_modules(SQLITE REQUIRED IMPORTED_TARGET sqlite3)
find_library(CSV_LIBRARY csv REQUIRED)
find_library(STEMMER_LIBRARY stemmer REQUIRED)
find_library(LBFGS_LIBRARY lbfgs REQUIRED)

# USearch and SimSIMD are headers inside the npm package.
set(USEARCH_ROOT ${CMAKE_SOURCE_DIR}/node_modules/usearch)
if(NOT EXISTS ${USEARCH_ROOT}/include/usearch/index_dense.hpp)
  message(FATAL_ERROR "npm packages are not unpacked: run tools/setup (or ./demo, ./check, which do)")
endif()
add_library(usearch INTERFACE)
target_include_directories(usearch SYSTEM INTERFACE
  ${USEARCH_ROOT}/include ${USEARCH_ROOT}/simsimd/include ${USEARCH_ROOT}/fp16/include)
target_compile_definitions(usearch INTERFACE USEARCH_USE_SIMSIMD=1 USEARCH_USE_FP16LIB=1 USEARCH_USE_OPENMP=0
                           SIMSIMD_DYNAMIC_DISPATCH=0 SIMSIMD_NATIVE_F16=0 SIMSIMD_NATIVE_BF16=0)

# DuckDB is the library inside the npm package; third_party/duckdb/duckdb_api.h declares the functions that are called.
add_library(duckdb SHARED IMPORTED)
set_target_properties(duckdb PROPERTIES
  IMPORTED_LOCATION ${CMAKE_SOURCE_DIR}/node_modules/@duckdb/node-bindings-linux-x64/libduckdb.so
  IMPORTED_SONAME libduckdb.so
  INTERFACE_INCLUDE_DIRECTORIES ${CMAKE_SOURCE_DIR}/third_party/duckdb)
if(NOT EXISTS ${CMAKE_SOURCE_DIR}/node_modules/@duckdb/node-bindings-linux-x64/libduckdb.so)
  message(FATAL_ERROR "npm packages are not unpacked: run tools/setup (or ./demo, ./check, which do)")
endif()

# ONNX Runtime is the library inside the npm package; third_party/onnxruntime/onnxruntime_api.h declares what is called.
set(ONNXRUNTIME_LIBRARY ${CMAKE_SOURCE_DIR}/node_modules/onnxruntime-node/bin/napi-v6/linux/x64/libonnxruntime.so.1)
if(NOT EXISTS ${ONNXRUNTIME_LIBRARY})
  message(FATAL_ERROR "npm packages are not unpacked: run tools/setup (or ./demo, ./check, which do)")
endif()
add_library(onnxruntime SHARED IMPORTED)
set_target_properties(onnxruntime PROPERTIES
  IMPORTED_LOCATION ${ONNXRUNTIME_LIBRARY}
  IMPORTED_SONAME libonnxruntime.so.1
  INTERFACE_INCLUDE_DIRECTORIES ${CMAKE_SOURCE_DIR}/third_party/onnxruntime)

# Asio's and Beast's own code, compiled once for everything that uses HTTP.
add_library(modiste_beast STATIC ${CMAKE_CURRENT_LIST_DIR}/beast.cpp)
target_compile_definitions(modiste_beast PUBLIC BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION)
target_link_libraries(modiste_beast PUBLIC Boost::headers OpenSSL::SSL Threads::Threads)

if(MODISTE_TESTS)
  find_package(GTest REQUIRED)
  find_package(rapidcheck REQUIRED)
  add_library(modiste_testing INTERFACE)
  target_link_libraries(modiste_testing INTERFACE GTest::gtest_main GTest::gmock rapidcheck)
  # Optimisation is a good third of the compiler's time for files of tests, and what they test is optimised; -Og costs no more
  # than -O0.
  target_compile_options(modiste_testing INTERFACE $<$<CONFIG:RelWithDebInfo>:-Og>)
  if(CMAKE_UNITY_BUILD)  # a local name may be that of a constant in another file of the unit
    target_compile_options(modiste_testing INTERFACE -Wno-shadow)
  endif()
  add_library(modiste_testing_headers OBJECT ${CMAKE_CURRENT_LIST_DIR}/testing_headers.cpp)
  target_link_libraries(modiste_testing_headers PRIVATE modiste_base modiste_testing)
  target_precompile_headers(modiste_testing_headers PRIVATE
    ${CMAKE_SOURCE_DIR}/src/base/precompiled.h <gmock/gmock.h> <gtest/gtest.h> <rapidcheck/gtest.h>)
endif()
