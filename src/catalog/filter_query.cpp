#include "catalog/filter_query.h"

#include "catalog/implied_fabrics.h"

namespace modiste {
namespace {

// Those that some item has: of a size that is in stock, an item is.
std::vector<Column> columns_of_sizes(const SizeSet& sizes, const SlotColumns& columns) {
  std::vector<Column> found;
  for (const Size& size : all_sizes())
    if (const Column column = columns.in_size(size.id); sizes.test(size.id) && columns.in_stock(column) > 0)
      found.push_back(column);
  return found;
}

// Asks for one of these columns; of none, nothing can meet it.
void require(SlotQuery& query, std::vector<Column> any) {
  if (any.empty()) query.nothing = true;
  query.any_of.push_back(std::move(any));
}

// Of a kind that is of the fabric unless it says another one.
void forbid_implied(SlotQuery& query, TermId fabric, const SlotColumns& columns,
                    const Vocabulary& vocabulary) {
  SlotQuery::Provided named;
  for (const TermId kind : kinds_of_fabric(fabric, vocabulary)) named.where.push_back(columns.is(kind));
  if (named.where.empty()) return;
  for (const Term& term : vocabulary.terms(Facet::kFabric)) named.wanted.push_back(columns.has(term.id));
  query.provided.push_back(std::move(named));
}

void forbid(SlotQuery& query, const Veto& veto, const SlotColumns& columns, const Vocabulary& vocabulary) {
  query.brands_not = veto.brands;
  for (const TermId unwanted : veto.terms) {
    const Facet facet = vocabulary.term(unwanted).facet;
    if (facet == Facet::kColour) query.none_of.push_back(columns.is(unwanted));
    if (facet == Facet::kCategory) query.none_of.push_back(columns.under(unwanted));
    if (facet == Facet::kFabric) forbid_implied(query, unwanted, columns, vocabulary);
    for (const Term& term : vocabulary.terms())
      if (vocabulary.is_a(term.id, unwanted)) query.none_of.push_back(columns.has(term.id));
  }
}

}  // namespace

std::vector<Column> columns_of_departments(const std::vector<TermId>& wanted, const SlotColumns& columns,
                                           const Vocabulary& vocabulary) {
  std::vector<Column> found;
  for (const Term& term : vocabulary.terms(Facet::kDepartment))
    if (fits_department(wanted, term.id, vocabulary)) found.push_back(columns.is(term.id));
  return found;
}

SlotQuery query_of(const ItemFilter& filter, const Veto& veto, const SlotColumns& columns,
                   const Vocabulary& vocabulary) {
  SlotQuery query;
  query.in_stock_only = filter.in_stock_only;
  query.price_min = filter.price_min;
  query.price_max = filter.price_max;
  if (!filter.brands.empty()) query.brands.push_back(filter.brands);
  std::vector<Column> categories, colours;
  for (const TermId category : filter.categories) categories.push_back(columns.under(category));
  for (const TermId colour : filter.colours) colours.push_back(columns.is(colour));
  if (!categories.empty()) require(query, std::move(categories));
  if (!colours.empty()) require(query, std::move(colours));
  if (!filter.departments.empty())
    require(query, columns_of_departments(filter.departments, columns, vocabulary));
  if (filter.sizes) require(query, columns_of_sizes(*filter.sizes, columns));
  if (filter.sizes_wished)
    query.provided.push_back({columns_of_sizes(filter.sizes_comparable, columns),
                              columns_of_sizes(*filter.sizes_wished, columns)});
  forbid(query, veto, columns, vocabulary);
  return query;
}

}  // namespace modiste
