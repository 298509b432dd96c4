# One static library per folder of src/, named modiste_<folder>; its tests stand beside the code as *_test.cpp.
#
#   modiste_folder(catalog DEPENDS base LINK PkgConfig::CSV [PCH <header>...])
function(modiste_folder name)
  cmake_parse_arguments(ARG "" "" "DEPENDS;LINK;PCH" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "_test\\.cpp$")
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  list(TRANSFORM ARG_DEPENDS PREPEND modiste_)

  add_library(modiste_${name} STATIC ${sources})
  target_include_directories(modiste_${name} PUBLIC ${CMAKE_SOURCE_DIR}/src)
  target_link_libraries(modiste_${name} PUBLIC ${ARG_DEPENDS} PRIVATE ${ARG_LINK})
  if(ARG_PCH)
    target_precompile_headers(modiste_${name} PRIVATE ${ARG_PCH})
  endif()

  if(MODISTE_TESTS AND tests)
    add_executable(${name}_test ${tests})
    target_link_libraries(${name}_test PRIVATE modiste_${name} ${ARG_LINK} modiste_testing)
    # Tests that only run with the shared research data look for it beside the source tree and skip without it.
    target_compile_definitions(${name}_test PRIVATE MODISTE_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    add_test(NAME ${name}_test COMMAND ${name}_test WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  endif()
endfunction()
