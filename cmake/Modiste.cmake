# One static library per folder, named modiste_<folder>. Its tests are beside the code as *_test.cpp; a main.cpp belongs to the
# program that links the library.
#
#   modiste_folder(catalog DEPENDS base LINK PkgConfig::CSV [TEST_LINK <target>...] [PCH <header> PCH_SKIP <source>...])
#
# Headers that nearly every file includes are precompiled once, in base, and once more with the test frameworks. PCH replaces
# them by a header of the folder's own; PCH_SKIP lists files that do not need it, because loading it costs seconds too. A unity
# build reads the headers once a unit: there a header of the folder's own costs more than it saves.
function(modiste_folder name)
  cmake_parse_arguments(ARG "" "PCH" "DEPENDS;LINK;TEST_LINK;PCH_SKIP" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  file(GLOB apart CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*/CMakeLists.txt)  # libraries of their own
  foreach(list ${apart})
    get_filename_component(folder ${list} DIRECTORY)
    list(FILTER sources EXCLUDE REGEX "^${folder}/")
  endforeach()
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "(_test|/main)\\.cpp$")
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  list(TRANSFORM ARG_DEPENDS PREPEND modiste_)

  add_library(modiste_${name} STATIC ${sources})
  target_include_directories(modiste_${name} PUBLIC ${CMAKE_SOURCE_DIR}/src)
  target_link_libraries(modiste_${name} PUBLIC ${ARG_DEPENDS} PRIVATE ${ARG_LINK})
  if(ARG_PCH AND (name STREQUAL base OR NOT CMAKE_UNITY_BUILD))
    target_precompile_headers(modiste_${name} PRIVATE ${ARG_PCH})
    set_source_files_properties(${ARG_PCH_SKIP} PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
  elseif(NOT name STREQUAL base)
    target_precompile_headers(modiste_${name} REUSE_FROM modiste_base)
  endif()

  if(MODISTE_TESTS AND tests)
    add_executable(${name}_test ${tests})
    target_link_libraries(${name}_test PRIVATE modiste_${name} ${ARG_LINK} ${ARG_TEST_LINK} modiste_testing)
    target_precompile_headers(${name}_test REUSE_FROM modiste_testing_headers)
    # Tests on research data look for it beside the source tree, and skip without it.
    target_compile_definitions(${name}_test PRIVATE MODISTE_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    add_test(NAME ${name}_test COMMAND ${name}_test WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  endif()
endfunction()
