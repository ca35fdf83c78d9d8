// SPDX-License-Identifier: Apache-2.0
#include "nodes/desk/xml_stream.h"

#include <expat.h>
#include <fmt/format.h>

#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>

namespace muster::desk {
namespace {

using model::ErrorCode;
using model::Result;

constexpr std::uint32_t kDepthMax = 256;
// expat 2.5 looks at an unfinished tag anew with each piece: a huge one would cost its square.
constexpr XML_Index kTagBytesMax = XML_Index{4} * 1024 * 1024;

struct FreeParser {
  void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};
using Parser = std::unique_ptr<std::remove_pointer_t<XML_Parser>, FreeParser>;

/// What expat's callbacks share. No exception may pass through expat, which is C.
class Reading {
 public:
  Reading(XML_Parser parser, std::string_view part, XmlHandler& handler)
      : parser_(parser), part_(part), handler_(handler) {
    XML_SetUserData(parser, this);
    XML_SetElementHandler(
        parser,
        [](void* self, const char* name, const char** attributes) {
          static_cast<Reading*>(self)->open(name, attributes);
        },
        [](void* self, const char* name) { static_cast<Reading*>(self)->close(name); });
    XML_SetCharacterDataHandler(parser, [](void* self, const char* text, int length) {
      static_cast<Reading*>(self)->text({text, static_cast<std::size_t>(length)});
    });
    XML_SetStartDoctypeDeclHandler(
        parser, [](void* self, const char*, const char*, const char*, int) {
          static_cast<Reading*>(self)->refuse("it declares a document type");
        });
  }

  /// Reads `piece`, the last one when it is empty.
  Result<void> feed(std::string_view piece) {
    const bool is_good = XML_Parse(parser_, piece.data(), static_cast<int>(piece.size()),
                                   piece.empty()) != XML_STATUS_ERROR;
    fed_ += static_cast<XML_Index>(piece.size());
    if (!error_ && !is_good) {
      refuse(XML_ErrorString(XML_GetErrorCode(parser_)));
    } else if (!error_ && fed_ - XML_GetCurrentByteIndex(parser_) > kTagBytesMax) {
      refuse("one tag is too large");
    }
    return error_ ? Result<void>(tl::unexpected(*error_)) : Result<void>();
  }

 private:
  template <typename Act>
  void guard(const Act& act) noexcept {
    if (error_) {
      return;  // expat may still tell what it has already read.
    }
    try {
      if (Result<void> done = act(); !done) {
        stop(std::move(done).error());
      }
    } catch (const std::exception& problem) {
      refuse(problem.what());
    }
  }
  void open(const char* name, const char** attributes) {
    guard([&]() -> Result<void> {
      if (++depth_ > kDepthMax) {
        refuse("elements are nested too deeply");
        return {};
      }
      return handler_.open(name, XmlAttributes(attributes));
    });
  }
  void close(const char* name) {
    guard([&]() -> Result<void> {
      --depth_;
      return handler_.close(name);
    });
  }
  void text(std::string_view piece) {
    guard([&]() -> Result<void> {
      handler_.text(piece);
      return {};
    });
  }
  void refuse(std::string_view why) {
    stop({.code = ErrorCode::malformed,
          .message = fmt::format("part {} of the file is damaged ({}, line {}): save it again with "
                                 "a spreadsheet program",
                                 part_, why, XML_GetCurrentLineNumber(parser_))});
  }
  void stop(model::Error error) {
    error_ = std::move(error);
    XML_StopParser(parser_, XML_FALSE);
  }

  XML_Parser parser_;
  std::string_view part_;
  XmlHandler& handler_;
  XML_Index fed_ = 0;
  std::uint32_t depth_ = 0;
  std::optional<model::Error> error_;
};

}  // namespace

std::optional<std::string_view> XmlAttributes::find(std::string_view name) const {
  for (const char* const* raw = raw_; *raw != nullptr; raw += 2) {
    if (name == raw[0]) {
      return raw[1];
    }
  }
  return std::nullopt;
}

std::string_view XmlAttributes::local(std::string_view name) const {
  for (const char* const* raw = raw_; *raw != nullptr; raw += 2) {
    if (name == local_name(raw[0])) {
      return raw[1];
    }
  }
  return {};
}

std::string_view local_name(std::string_view name) {
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

Result<void> read_xml(const ZipParts& parts, std::string_view part, XmlHandler& handler,
                      Progress* progress) {
  const Parser parser(XML_ParserCreate(nullptr));
  if (!parser) {
    return model::fail(ErrorCode::unavailable, "no memory to read XML");
  }
  Reading reading(parser.get(), part, handler);
  MUSTER_CHECK(parts.read(part, [&](std::string_view piece) -> Result<void> {
    if (progress != nullptr) {
      progress->advance(piece.size());
    }
    return reading.feed(piece);
  }));
  return reading.feed({});
}

}  // namespace muster::desk
