# SPDX-License-Identifier: Apache-2.0
# What every target of Muster shares: the language, the warnings, the sanitizers, and the two ways to declare a target.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")

# mold links in a tenth of the time and ccache makes the second clean build nearly free. Both are optional.
find_program(MUSTER_CCACHE ccache)
if(MUSTER_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${MUSTER_CCACHE}")
endif()
find_program(MUSTER_MOLD mold)
if(MUSTER_MOLD)
  add_link_options(-fuse-ld=mold)
endif()

find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(fmt REQUIRED)
find_package(tl-expected REQUIRED)
find_package(FlatBuffers REQUIRED)
find_package(cppzmq REQUIRED)
find_package(RocksDB REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(tomlplusplus REQUIRED)
find_package(CLI11 REQUIRED)
find_package(spdlog REQUIRED)
find_package(prometheus-cpp REQUIRED)
find_package(Boost 1.81 REQUIRED)
pkg_check_modules(cbc REQUIRED IMPORTED_TARGET cbc)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(openssl REQUIRED IMPORTED_TARGET libssl libcrypto)
pkg_check_modules(icu REQUIRED IMPORTED_TARGET icu-uc icu-i18n)
pkg_check_modules(libzip REQUIRED IMPORTED_TARGET libzip)
pkg_check_modules(xlsxwriter REQUIRED IMPORTED_TARGET xlsxwriter)
pkg_check_modules(expat REQUIRED IMPORTED_TARGET expat)
pkg_check_modules(pugixml REQUIRED IMPORTED_TARGET pugixml)
pkg_check_modules(smartcols REQUIRED IMPORTED_TARGET smartcols)
pkg_check_modules(systemd REQUIRED IMPORTED_TARGET libsystemd)

add_library(muster_options INTERFACE)
target_compile_options(muster_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-missing-field-initializers
  -Werror=unused-result -Werror=switch
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>  # g++ 12 warns about std::string operator+ itself (GCC bug 105651).
  # Only clang counts signs to -Wconversion, and thinks of compilers that take no text as long as the columns of the desk.
  "$<$<CXX_COMPILER_ID:Clang>:-Wno-sign-conversion;-Wno-overlength-strings>")
target_compile_definitions(muster_options INTERFACE _GLIBCXX_ASSERTIONS)
target_include_directories(muster_options INTERFACE "${PROJECT_SOURCE_DIR}")
if(MUSTER_SANITIZE)
  target_compile_options(muster_options INTERFACE
    -fsanitize=${MUSTER_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(muster_options INTERFACE -fsanitize=${MUSTER_SANITIZE})
endif()

# What nearly every source reads is parsed once where that pays: clang compiles a third less then, g++ gains nothing. So g++ still
# sees that each source includes what it uses. The parsed headers know fmt by how it is linked, so all that reads them links it.
# muster_precompile(NAME HEADER…) makes such a set of headers, and muster_use_precompiled(TARGET NAME) reads it in a target.
if(CMAKE_CXX_COMPILER_ID STREQUAL Clang)
  target_link_libraries(muster_options INTERFACE fmt::fmt)
  add_compile_options("SHELL:-Xclang -fno-pch-timestamp")  # ccache then knows the same headers again.
endif()
function(muster_precompile name)
  if(CMAKE_CXX_COMPILER_ID STREQUAL Clang)
    file(GENERATE OUTPUT "${CMAKE_BINARY_DIR}/${name}.cpp" CONTENT "// Holds the headers that are parsed once.\n")
    add_library(${name} OBJECT "${CMAKE_BINARY_DIR}/${name}.cpp")
    target_link_libraries(${name} PRIVATE tl::expected muster_options)
    target_precompile_headers(${name} PRIVATE ${ARGN})
  endif()
endfunction()
function(muster_use_precompiled target name)
  if(TARGET ${name})
    target_precompile_headers(${target} REUSE_FROM ${name})
  endif()
endfunction()
muster_precompile(muster_precompiled
  <fmt/format.h> <tl/expected.hpp> <algorithm> <array> <chrono> <cstdint> <deque> <functional> <map> <memory>
  <optional> <set> <span> <string> <string_view> <unordered_map> <utility> <variant> <vector>)

# muster_library(NAME SOURCES … [HEADERS …] [DEPENDS …] [USES …])
# Makes the target muster_NAME, known to others as muster::NAME. DEPENDS is public, USES is private.
# Every header is part of a file set, so that a build of all_verify_interface_header_sets proves it compiles alone.
function(muster_library name)
  cmake_parse_arguments(arg "" "" "SOURCES;HEADERS;DEPENDS;USES" ${ARGN})
  add_library(muster_${name} STATIC ${arg_SOURCES})
  add_library(muster::${name} ALIAS muster_${name})
  target_sources(muster_${name} PUBLIC FILE_SET HEADERS BASE_DIRS "${PROJECT_SOURCE_DIR}" FILES ${arg_HEADERS})
  target_link_libraries(muster_${name} PUBLIC ${arg_DEPENDS} tl::expected PRIVATE ${arg_USES} muster_options)
  muster_use_precompiled(muster_${name} muster_precompiled)
  set_target_properties(muster_${name} PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON)
endfunction()

# muster_program(NAME SOURCES … USES …)
function(muster_program name)
  cmake_parse_arguments(arg "" "" "SOURCES;USES" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE ${arg_USES} muster_options)
  muster_use_precompiled(${name} muster_precompiled)
endfunction()
