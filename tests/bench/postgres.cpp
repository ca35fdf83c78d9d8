// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/postgres.h"

#include <endian.h>
#include <fmt/format.h>

#include <cstring>

#include "tests/bench/driver.h"

namespace muster::bench {
namespace {

struct Clear {
  void operator()(PGresult* result) const { PQclear(result); }
};
using ResultPtr = std::unique_ptr<PGresult, Clear>;

constexpr std::string_view kSums =
    "count(*), sum(authorised), sum(assigned), sum(on_strength), sum(present), sum(deployable)";
constexpr std::string_view kCounts = "authorised, assigned, on_strength, present, deployable";
constexpr std::string_view kKeys = "nation, component, element_kind";
constexpr Oid kTimestamptz = 1184;

/// Microseconds between the epochs of 1970 and of PostgreSQL, which is the year 2000.
constexpr std::int64_t kEpochMicros = 946'684'800'000'000;

/// A number of a binary row, whose bytes travel most significant first.
std::uint64_t number(const PGresult* result, int row, int column) {
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, PQgetvalue(result, row, column), sizeof bytes);
  return be64toh(bytes);
}
std::uint16_t small_number(const PGresult* result, int row, int column) {
  std::uint16_t bytes = 0;
  std::memcpy(&bytes, PQgetvalue(result, row, column), sizeof bytes);
  return be16toh(bytes);
}

model::StrengthRow row_of(const PGresult* result, int row) {
  return {.key = {PQgetvalue(result, row, 0),
                  model::to_text(static_cast<model::Component>(small_number(result, row, 1))),
                  model::to_text(static_cast<model::ElementKind>(small_number(result, row, 2)))},
          .figures = {.units = static_cast<std::uint32_t>(number(result, row, 3)),
                      .authorised = number(result, row, 4),
                      .assigned = number(result, row, 5),
                      .on_strength = number(result, row, 6),
                      .present = number(result, row, 7),
                      .deployable = number(result, row, 8)},
          .oldest_valid_at = {}};
}

std::string counts_of(const StrengthLine& line) {
  return fmt::format("{}\t{}\t{}\t{}\t{}", line.authorised, line.assigned, line.on_strength,
                     line.present, line.deployable);
}
std::string keys_of(std::uint32_t unit) {
  const auto line = unit_line(unit);
  return fmt::format("{}\t{}\t{}", kNations.at(line.nation), static_cast<int>(line.component),
                     static_cast<int>(line.element_kind));
}

/// An index, plain or with the counts beside its keys, and never both: then it is known which one
/// was used.
struct Index {
  std::string name;
  std::vector<std::string> settings;
};
std::vector<Index> indexes(const std::string& table, const std::string& keys) {
  const auto create = [&](std::string_view kind, std::string_view rest) {
    return fmt::format("create index if not exists {}_{} on {} ({}){}", table, kind, table, keys,
                       rest);
  };
  const auto drop = [&](std::string_view kind) {
    return fmt::format("drop index if exists {}_{}", table, kind);
  };
  return {{"plain index", {create("plain", ""), drop("covering")}},
          {"covering index",
           {create("covering", fmt::format(" include ({})", kCounts)), drop("plain")}}};
}

struct Shape {
  std::string name;
  std::string sql;
};

/// Every statement over every index, compiled and not, alone and with helpers.
std::vector<Postgres::Way> ways(const std::vector<Shape>& shapes,
                                const std::vector<Index>& indexes) {
  std::vector<Postgres::Way> found;
  for (const auto& index : indexes) {
    for (const auto& shape : shapes) {
      for (const auto* const jit : {"off", "on"}) {
        for (const int workers : {0, 2}) {
          auto settings = index.settings;
          settings.push_back(fmt::format("set jit = {}", jit));
          settings.push_back(fmt::format("set max_parallel_workers_per_gather = {}", workers));
          found.push_back(
              {fmt::format("{}, {}, jit {}, {} workers", shape.name, index.name, jit, workers),
               std::move(settings), shape.sql});
        }
      }
    }
  }
  return found;
}

}  // namespace

Postgres::Postgres(const std::string& folder, std::uint16_t port)
    : connection_(PQconnectdb(
          fmt::format("host={} port={} user=postgres dbname=postgres", folder, port).c_str())) {
  if (PQstatus(connection_.get()) != CONNECTION_OK) {
    fail(fmt::format("PostgreSQL: {}", PQerrorMessage(connection_.get())));
  }
  run("set client_min_messages = warning");
}

void Postgres::run(const std::string& sql) {
  const ResultPtr result(PQexec(connection_.get(), sql.c_str()));
  if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) {
    fail(fmt::format("PostgreSQL: {}: {}", sql, PQerrorMessage(connection_.get())));
  }
}

void Postgres::start_copy(const std::string& table) {
  const auto sql = fmt::format("copy {} from stdin", table);
  const ResultPtr result(PQexec(connection_.get(), sql.c_str()));
  if (PQresultStatus(result.get()) != PGRES_COPY_IN) {
    fail(fmt::format("PostgreSQL: {}: {}", sql, PQerrorMessage(connection_.get())));
  }
}

void Postgres::put(const std::string& lines) {
  if (PQputCopyData(connection_.get(), lines.data(), static_cast<int>(lines.size())) != 1) {
    fail(fmt::format("PostgreSQL: {}", PQerrorMessage(connection_.get())));
  }
}

void Postgres::end_copy() {
  const bool is_put = PQputCopyEnd(connection_.get(), nullptr) == 1;
  const ResultPtr result(PQgetResult(connection_.get()));
  if (!is_put || PQresultStatus(result.get()) != PGRES_COMMAND_OK) {
    fail(fmt::format("PostgreSQL: {}", PQerrorMessage(connection_.get())));
  }
  ResultPtr(PQgetResult(connection_.get()));  // The end of the command.
}

void Postgres::copy(const std::string& table, std::uint32_t rows,
                    const std::function<std::string(std::uint32_t)>& line) {
  constexpr std::size_t kChunkBytes = 1 << 20;
  start_copy(table);
  std::string lines;
  for (std::uint32_t i = 0; i < rows; ++i) {
    lines += line(i);
    lines += '\n';
    if (lines.size() >= kChunkBytes) {
      put(lines);
      lines.clear();
    }
  }
  put(lines);
  end_copy();
}

void Postgres::fill_newest(const Force& force) {
  run("drop table if exists newest");
  run("create table newest (unit integer primary key, nation text not null, component smallint not "
      "null, element_kind smallint not null, authorised integer not null, assigned integer not "
      "null, on_strength integer not null, present integer not null, deployable integer not null)");
  copy("newest", force.units, [&](std::uint32_t unit) {
    return fmt::format("{}\t{}\t{}", unit, keys_of(unit),
                       counts_of(strength_line(unit, force.days - 1)));
  });
  run("vacuum (freeze, analyze) newest");
}

void Postgres::fill_history(const Force& force) {
  run("drop table if exists history, units");
  run("create table units (unit integer primary key, nation text not null, component smallint not "
      "null, element_kind smallint not null)");
  run("create table history (unit integer not null, valid_at timestamptz not null, authorised "
      "integer not null, assigned integer not null, on_strength integer not null, present integer "
      "not null, deployable integer not null)");
  copy("units", force.units,
       [](std::uint32_t unit) { return fmt::format("{}\t{}", unit, keys_of(unit)); });
  copy("history", force.units * force.days, [&](std::uint32_t row) {
    const auto unit = row % force.units;
    const auto day = row / force.units;
    return fmt::format("{}\t{}\t{}", unit, model::format_time(force.valid_at(unit, day)),
                       counts_of(strength_line(unit, day)));
  });
  run("vacuum (freeze, analyze) units");
  run("vacuum (freeze, analyze) history");
}

std::vector<Postgres::Way> Postgres::ways_newest() {
  return ways({{"group by", fmt::format("select {0}, {1} from newest group by {0}", kKeys, kSums)}},
              indexes("newest", std::string(kKeys)));
}

std::vector<Postgres::Way> Postgres::ways_history() {
  const auto distinct = fmt::format(
      "select {0}, {1} from units join (select distinct on (unit) unit, {2} from history where "
      "valid_at <= $1 order by unit, valid_at desc) as newest using (unit) group by {0}",
      kKeys, kSums, kCounts);
  const auto lateral = fmt::format(
      "select {0}, {1} from units cross join lateral (select {2} from history where history.unit = "
      "units.unit and valid_at <= $1 order by valid_at desc limit 1) as newest group by {0}",
      kKeys, kSums, kCounts);
  return ways({{"distinct on", distinct}, {"lateral", lateral}},
              indexes("history", "unit, valid_at desc"));
}

void Postgres::use(const Way& way) {
  run("deallocate all");
  for (const auto& setting : way.settings) {
    run(setting);
  }
  const auto parameters = way.sql.find("$1") != std::string::npos ? 1 : 0;
  const ResultPtr result(
      PQprepare(connection_.get(), "question", way.sql.c_str(), parameters, &kTimestamptz));
  if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) {
    fail(fmt::format("PostgreSQL: {}: {}", way.sql, PQerrorMessage(connection_.get())));
  }
}

model::StrengthAnswer Postgres::ask(std::optional<model::UtcTime> as_of) {
  const auto micros = as_of ? model::to_micros(*as_of) - kEpochMicros : 0;
  const auto bytes = htobe64(static_cast<std::uint64_t>(micros));
  const char* const value = reinterpret_cast<const char*>(&bytes);
  constexpr int kBinary = 1;
  constexpr int kLength = sizeof bytes;
  const ResultPtr result(PQexecPrepared(connection_.get(), "question", as_of ? 1 : 0, &value,
                                        &kLength, &kBinary, kBinary));
  if (PQresultStatus(result.get()) != PGRES_TUPLES_OK) {
    fail(fmt::format("PostgreSQL: {}", PQerrorMessage(connection_.get())));
  }
  model::StrengthAnswer answer;
  for (int i = 0; i < PQntuples(result.get()); ++i) {
    answer.rows.push_back(row_of(result.get(), i));
    answer.total.figures += answer.rows.back().figures;
  }
  return answer;
}

std::string Postgres::version() const {
  const auto number_of = PQserverVersion(connection_.get());
  return fmt::format("PostgreSQL {}.{}", number_of / 10'000, number_of % 10'000);
}

}  // namespace muster::bench
