# Warnings are errors. x86-64-v3 (AVX2, since 2013) is required; SimSIMD chooses wider kernels at run time.
add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Werror
                    -march=x86-64-v3 -fno-math-errno)
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  # libstdc++ 12's own std::stable_sort uses get_temporary_buffer, which clang calls deprecated.
  add_compile_options(-Wthread-safety -Wno-deprecated-declarations -Wno-unused-const-variable -Wno-unknown-warning-option)
  # ccache identifies a precompiled header by its content.
  add_compile_options("$<$<COMPILE_LANGUAGE:CXX>:SHELL:-Xclang -fno-pch-timestamp>")
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # GCC 12 warns of overlaps and overruns in its own std::string that do not exist (GCC bugs 105329, 105651), more often when
  # it is precompiled.
  add_compile_options(-Wno-array-bounds -Wno-restrict -Wno-stringop-overflow -Wno-stringop-overread)
endif()
if(CMAKE_UNITY_BUILD AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC takes an anonymous namespace of a unit for one of a header, because the unit includes its sources.
  add_compile_options(-Wno-subobject-linkage)
endif()
if(MODISTE_SANITIZE)
  add_compile_options(-fsanitize=${MODISTE_SANITIZE} -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${MODISTE_SANITIZE})
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    add_compile_options(-Wno-maybe-uninitialized)  # false in instrumented code: GCC bug 105562
    if(MODISTE_SANITIZE STREQUAL "thread")
      add_compile_options(-Wno-tsan)  # fences, which Asio has beside its atomics
    endif()
  endif()
endif()
# Debug information costs build minutes; line tables are enough for a stack trace. They still cost a fifth of the compiler's
# time for a test, and nobody debugs a unity build.
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O2 -g1")
if(CMAKE_UNITY_BUILD)
  set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O2")
endif()
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  set(CMAKE_C_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
  set(ENV{CCACHE_SLOPPINESS} pch_defines,time_macros)
endif()
find_program(MOLD_PROGRAM mold)
if(MOLD_PROGRAM AND NOT MODISTE_SANITIZE)
  add_link_options(-fuse-ld=mold)
endif()
