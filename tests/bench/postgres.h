// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <libpq-fe.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tests/bench/force.h"

namespace muster::bench {

/// PostgreSQL with the same force in tables, asked the same question by a prepared statement whose
/// parameter and rows travel in binary. One connection, over a unix socket: no encryption, no
/// signature, no role. Any error ends the run.
class Postgres {
 public:
  /// A way of asking. Which one is fastest depends on the version and the machine: try them.
  struct Way {
    std::string name;                   ///< "lateral, covering index, jit off, 2 workers".
    std::vector<std::string> settings;  ///< Commands that come before.
    std::string sql;
  };

  /// Connects to the server whose socket lies in `folder`.
  Postgres(const std::string& folder, std::uint16_t port);

  /// One row a unit: what P5 asks. Vacuumed and analysed.
  void fill_newest(const Force& force);
  /// One row a unit and one a report of it: what P6 asks. Reports lie in the order of time, as they
  /// come in. Vacuumed and analysed.
  void fill_history(const Force& force);

  [[nodiscard]] static std::vector<Way> ways_newest();
  [[nodiscard]] static std::vector<Way> ways_history();
  /// From now on questions are asked this way.
  void use(const Way& way);

  /// The whole answer as values. `as_of` with a way of ways_history(), none with the others.
  model::StrengthAnswer ask(std::optional<model::UtcTime> as_of);

  /// The server process of this connection. Its helpers are processes of their own.
  [[nodiscard]] pid_t pid() const { return PQbackendPID(connection_.get()); }
  /// "PostgreSQL 15.8".
  [[nodiscard]] std::string version() const;

 private:
  struct Finish {
    void operator()(PGconn* connection) const { PQfinish(connection); }
  };
  void run(const std::string& sql);
  /// COPY of `rows` lines that `line(i)` makes.
  void copy(const std::string& table, std::uint32_t rows,
            const std::function<std::string(std::uint32_t)>& line);
  void start_copy(const std::string& table);
  void put(const std::string& lines);
  void end_copy();

  std::unique_ptr<PGconn, Finish> connection_;
};

}  // namespace muster::bench
