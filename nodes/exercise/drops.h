// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "schemas/model/ids.h"
#include "schemas/model/result.h"

/// Reports on their way through the drop folders of ministries' nodes. Internal to the exercise.
namespace muster::exercise {

/// What a play tells while it goes on: one line for a person.
using OnLine = std::function<void(const std::string&)>;

/// A file in the drop folder of a node.
struct Dropped {
  model::NodeId node;
  std::filesystem::path folder;
  std::string name;
};

/// Written beside and renamed, so that a node never sees half a file. Errors: io.
model::Result<void> drop(const Dropped& file, const std::string& text);

/// Does the folder hold a file of that name, dropped now or at any time before?
bool is_used(const Dropped& file);

/// True once the node has published the file. Errors: refused when it was rejected, naming the file
/// with the findings.
model::Result<bool> is_published(const Dropped& file);

/// Waits until all of them are published, and calls `on_published` for each. Errors: those of
/// is_published(); timed_out.
model::Result<void> wait_until_published(std::vector<Dropped> waiting,
                                         std::chrono::seconds wait_max,
                                         const std::function<void(const Dropped&)>& on_published);

}  // namespace muster::exercise
