// SPDX-License-Identifier: Apache-2.0
#include "broker/server/refusal.h"

#include "schemas/wire/query.h"

namespace muster::server {

using model::ErrorCode;
using model::QueryError;

QueryError query_error(ErrorCode code) {
  switch (code) {
    case ErrorCode::not_found:
      return QueryError::not_found;
    case ErrorCode::unsupported:
      return QueryError::unsupported;
    case ErrorCode::refused:
      return QueryError::unauthorised;
    case ErrorCode::malformed:
      return QueryError::malformed;
    case ErrorCode::timed_out:
      return QueryError::deadline;
    default:
      return QueryError::unavailable;
  }
}

std::vector<model::Bytes> refuse(std::uint64_t id, QueryError code, std::string message) {
  return {wire::refusal_message({id, code, std::move(message)})};
}

std::vector<model::Bytes> refuse(std::uint64_t id, const model::Error& error) {
  return refuse(id, query_error(error.code), error.message);
}

}  // namespace muster::server
