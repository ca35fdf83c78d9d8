// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "schemas/model/result.h"
#include "storage/store.h"

namespace rocksdb {
class Env;
}

namespace muster::storage {

struct StoreOptions {
  std::string path;  ///< The store's folder. It is made when missing; its parent is not.

  /// What the high-water file says, 0 when there is none. A store with fewer records is refused
  /// before anything in its folder is changed, so that what is lost may still be rescued.
  std::uint64_t known_last_seq = 0;

  std::size_t ledger_buffer_bytes = std::size_t{64} << 20;  ///< Memory before a table is written.
  std::size_t projection_buffer_bytes = std::size_t{16} << 20;  ///< What kill -9 may cost a replay.
  std::size_t cache_bytes = std::size_t{32} << 20;
  std::uint64_t log_bytes_max = std::uint64_t{192} << 20;  ///< What a start after kill -9 reads.

  rocksdb::Env* env = nullptr;  ///< For tests. It must outlive the store.
  bool sync = true;             ///< False only as the negative control of the power-cut test.
};

/// Opens the store in `options.path`, or makes it.
/// Errors: unavailable when another process holds it, naming the process; unsupported for another
/// format version; corrupt when it has lost records or files; io when the folder's parent is
/// missing or the disk says no.
model::Result<std::unique_ptr<Store>> open_store(const StoreOptions& options);

}  // namespace muster::storage
