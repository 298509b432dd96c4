#include "feeds/combinations.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <unordered_set>

#include "feeds/csv_table.h"
#include "feeds/feed_offer.h"
#include "feeds/feed_options.h"
#include "feeds/feed_text.h"

namespace modiste {
namespace {

// "Size:select:0" and "M:2": a name or value, then its type and position.
std::string without_position(std::string_view text) {
  return std::string(trim(text.substr(0, text.find(':'))));
}

// "36,5:1, Noir:2": the comma of a number does not separate, since every value ends with its position.
std::vector<std::string> values_of(std::string_view cell) {
  std::vector<std::string> values;
  bool is_whole = true;
  for (auto& part : split_list(cell, ",")) {
    if (is_whole)
      values.push_back(part);
    else
      values.back() += "," + part;
    is_whole = part.find(':') != std::string::npos;
  }
  return values;
}

std::vector<size_t> positions_of(std::string_view cell) {
  std::vector<size_t> positions;
  for (const auto& part : split_list(cell, ",;|")) {
    size_t position = 0;
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), position);
    if (error == std::errc() && end == part.data() + part.size() && position > 0)
      positions.push_back(position);
  }
  return positions;
}

Result<double> impact_of(FeedRun& run, std::string_view text) {
  text = trim(text);
  if (text.empty()) return 0.0;
  const bool less = text.starts_with('-');
  TRY_ASSIGN(const Money money, parse_money(less ? text.substr(1) : text, run.options().currency));
  return less ? -money.amount : money.amount;
}

Result<Combination> read_row(FeedRun& run, const CsvTable& table) {
  Combination read;
  VariantOptions options(run, table.line());
  const auto names = split_list(table.cell("option_names"), ",");
  auto values = split_list(table.cell("option_values"), ",");
  if (names.size() != values.size()) values = values_of(table.cell("option_values"));
  if (names.size() != values.size())
    return Error{Code::kInvalid, fmt::format("has {} values for {} attributes", values.size(), names.size()),
                 "value", "as many values as attributes"};
  for (size_t i = 0; i < names.size(); ++i)
    options.add(without_position(names[i]), without_position(values[i]));
  read.size = options.size();
  read.colour = options.colour();
  read.others = options.others();
  read.reference = table.cell("reference");
  read.barcodes = table.cells("barcode");
  read.images = split_addresses(table.cell("images"), ",;|");
  read.image_positions = positions_of(table.cell("image_positions"));
  auto impact = impact_of(run, table.cell("price_impact"));
  if (!impact.ok()) return json_detail::at(std::move(impact).error(), "impact_on_price");
  read.price_impact = *impact;
  TRY_ASSIGN(const auto stock, parse_stock(table.cell("quantity")));
  if (stock)
    read.stock = *stock;
  else
    run.note(table.line(), std::string(kNoQuantity));
  return read;
}

}  // namespace

bool are_combinations(const std::vector<std::string>& columns) {
  const auto has = [&](std::string_view name) {
    return std::any_of(columns.begin(), columns.end(), [&](const auto& column) {
      return CsvTable::mapped_column(column, "prestashop") == name;
    });
  };
  return (has("id") || has("product_reference")) && has("option_names") && has("option_values");
}

Result<FeedReport> read_combinations(FeedInput& input, const FeedOptions& options,
                                     Combinations& combinations) {
  const GarmentSink no_sink;
  FeedRun run(input, options, no_sink, {});
  TRY_ASSIGN(const auto table, CsvTable::detect(run, "prestashop"));
  while (true) {
    TRY_ASSIGN(const bool more, table->next());
    if (!more) return run.finish();
    auto row = read_row(run, *table);
    const std::string_view id = table->cell("id");
    if (row.ok())
      combinations[std::string(id.empty() ? table->cell("product_reference") : id)].push_back(
          std::move(row).value());
    else
      run.refuse(table->line(), row.error().where, row.error());
  }
}

void CombinedPrice::put_into(double impact, Variant& variant) const {
  const auto in_cents = [](double amount) { return std::round(amount * 100) / 100; };
  const double before = std::max(0.0, in_cents(whole + impact * tax_factor));
  variant.price = std::max(0.0, in_cents(before * (1 - less_share) - less_amount));
  variant.list_price.reset();
  if (variant.price < before) variant.list_price = before;
}

void apply_combinations(const std::vector<Combination>& combinations, const CombinedPrice& price,
                        Garment& garment) {
  const Variant product = garment.variants.front();
  const size_t photos = garment.images.size();  // those of the product itself
  garment.variants.clear();
  std::unordered_set<std::string> skus;
  for (const Combination& combination : combinations) {
    Variant variant = product;
    variant.size = combination.size;
    variant.colour = combination.colour;
    variant.sku = combination.reference;
    if (variant.sku.empty() || skus.contains(variant.sku))
      variant.sku = fmt::format("{}/{}/{}", product.sku, variant.size, variant.colour);
    if (!skus.insert(variant.sku).second) variant.sku += fmt::format("/{}", garment.variants.size() + 1);
    for (const auto& code : combination.barcodes)
      know_as_barcode(variant.supplier_attributes, code, variant.sku);
    price.put_into(combination.price_impact, variant);
    // A product that is sold out as a whole says nothing about which combination is.
    variant.stock = std::max(combination.stock, price.orderable ? 1 : 0);
    for (const auto& [name, value] : combination.others) variant.supplier_attributes[name].push_back(value);
    for (const auto& image : combination.images) add_image(garment, image, variant.colour);
    for (const size_t position : combination.image_positions)
      if (position <= photos && garment.images[position - 1].colour.empty())
        garment.images[position - 1].colour = variant.colour;
    garment.variants.push_back(std::move(variant));
  }
}

}  // namespace modiste
