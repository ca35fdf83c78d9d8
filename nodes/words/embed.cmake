# SPDX-License-Identifier: Apache-2.0
# cmake -DINPUT=ru.mo -DOUTPUT=ru_catalogue.cpp -DNAME=russian -P embed.cmake: a file as a constant.
file(READ "${INPUT}" digits HEX)
string(REGEX REPLACE "(..)" "0x\\1," bytes "${digits}")
string(REGEX REPLACE "((0x..,){24})" "\\1\n" bytes "${bytes}")
file(WRITE "${OUTPUT}" "// SPDX-License-Identifier: Apache-2.0
#include \"nodes/words/catalogue.h\"

namespace muster::words {
namespace {
constexpr unsigned char kBytes[] = {
${bytes}};
}  // namespace
std::span<const unsigned char> ${NAME}_catalogue() { return kBytes; }
}  // namespace muster::words
")
