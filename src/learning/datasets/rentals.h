// Rent the Runway's rentals (data set rtr, UCSD clothing fit data): who rented what kind of garment, when,
// for what.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "context/occasion.h"
#include "vocabulary/vocabulary.h"

namespace modiste {

struct Rental {
  std::string user;
  std::chrono::year_month_day date{};
  Occasion occasion{};
  std::optional<TermId> category;
};

struct Rentals {
  std::vector<Rental> rows;  // by date; of one date in the file's order
  size_t rows_read = 0;
  // rented_for that is none of our occasions ("other", empty), dates that are none: rows left out by what
  // they said.
  std::map<std::string, size_t> dropped;
  std::map<std::string, size_t> categories_unknown;  // words that the vocabulary has not; the rows are kept
};

// The file as it comes: gzip or plain CSV without quotes, its columns found by the header's user_id,
// rented_for, category and review_date. kNotFound, kCorrupt: no gzip, no such header; at most kRentalBytesMax
// unpacked.
inline constexpr size_t kRentalBytesMax = size_t{256} << 20;
Result<Rentals> read_rentals(const std::filesystem::path& file, const Vocabulary& vocabulary);
Result<Rentals> parse_rentals(std::string_view csv, const Vocabulary& vocabulary);

}  // namespace modiste
