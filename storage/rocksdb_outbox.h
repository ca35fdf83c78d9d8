// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "schemas/model/result.h"
#include "storage/outbox.h"

namespace rocksdb {
class Env;
}

namespace muster::storage {

struct OutboxOptions {
  std::string path;  ///< The outbox's folder. It is made when missing; its parent is not.
  rocksdb::Env* env = nullptr;  ///< For tests. It must outlive the outbox.
};

/// As open_outbox(path) of outbox.h, for tests that bring their own file system.
model::Result<std::unique_ptr<Outbox>> open_outbox(const OutboxOptions& options);

}  // namespace muster::storage
