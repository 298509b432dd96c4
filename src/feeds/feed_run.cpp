#include "feeds/feed_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

#include "base/rng.h"
#include "catalog/garment_attributes.h"
#include "feeds/feed_text.h"
#include "feeds/feed_words.h"
#include "feeds/size_dates.h"
#include "vocabulary/google_taxonomy.h"

namespace modiste {

namespace {

// On one line, without markup and blanks around it.
std::string cleaned(std::string_view text) { return std::string(trim_blanks(plain_line(text))); }

void clean(std::map<std::string, std::vector<std::string>>& attributes) {
  for (auto& [name, values] : attributes)
    for (auto& value : values) value = cleaned(value);
}

// A number that several variants have, such as one barcode for all sizes, names their garment and none of
// them.
void share_numbers(Garment& garment) {
  if (garment.variants.size() < 2) return;
  std::unordered_map<std::string, std::unordered_set<const Variant*>> variants_of;
  for (const auto& variant : garment.variants)
    for (const auto& number : also_known_as(variant)) variants_of[number].insert(&variant);
  const std::string name(kPlatformIds);
  for (auto& variant : garment.variants) {
    const auto own = variant.supplier_attributes.find(name);
    if (own == variant.supplier_attributes.end()) continue;
    std::erase_if(own->second, [&](const std::string& number) {
      const bool is_shared = variants_of.at(number).size() > 1;
      if (is_shared) know_as(garment.supplier_attributes, number, garment.id);
      return is_shared;
    });
    if (own->second.empty()) variant.supplier_attributes.erase(own);
  }
}

// The texts that a shopper may see, as plain text. A text without markup stays as it is.
void clean(Garment& garment) {
  garment.id = std::string(trim_blanks(garment.id));
  garment.title = plain_line(garment.title);
  if (has_markup(garment.description)) garment.description = html_to_text(garment.description);
  for (auto* text : {&garment.title, &garment.description, &garment.brand, &garment.category})
    remove_invisible(*text);
  garment.title = std::string(trim_blanks(garment.title));
  garment.brand = cleaned(garment.brand);
  garment.category = cleaned(garment.category);
  garment.department = cleaned(garment.department);
  clean(garment.supplier_attributes);
  for (auto& variant : garment.variants) {
    variant.sku = std::string(trim_blanks(variant.sku));
    variant.size = cleaned(variant.size);
    variant.colour = cleaned(variant.colour);
    clean(variant.supplier_attributes);
  }
  for (auto& image : garment.images) image.colour = cleaned(image.colour);
}

// Of the attributes, where the feed has no field for it: "Brand: Fjord", "manufacturer=Fjord".
void take_brand(Garment& garment) {
  for (const WordList words : {WordList::kBrand, WordList::kMaker})
    for (const auto& [name, values] : garment.supplier_attributes)
      if (garment.brand.empty() && values.size() == 1 && FeedWords::standard().says(words, name))
        garment.brand = values.front();
}

constexpr int kGoogleGiftCards = 53;  // in Google's taxonomy

// By its category, Google's number or a step of it; by its title where it has no category.
bool is_gift_card(const Garment& garment) {
  const FeedWords& words = FeedWords::standard();
  const auto google = google_category(garment.category);
  if (google && google->number == kGoogleGiftCards) return true;
  const auto steps = split_list(garment.category, "/>|,;");
  const bool named = std::any_of(steps.begin(), steps.end(), [&](std::string_view step) {
    return words.says(WordList::kGiftCard, step);
  });
  return named || words.says(WordList::kGiftCard, garment.category) ||
         (steps.empty() && words.says(WordList::kGiftCard, garment.title));
}

}  // namespace

FeedRun::FeedRun(FeedInput& input, const FeedOptions& options, const GarmentSink& sink,
                 const FeedProgress& progress)
    : name_(input.name()), options_(options), text_(input, progress), lines_(text_), sink_(sink) {}

void FeedRun::refuse(size_t line, std::string column, std::string reason) {
  ++report_.rows_refused;
  if (report_.refusals.size() < kRefusalsMax)
    report_.refusals.push_back({name_, line, std::move(column), std::move(reason)});
}

void FeedRun::refuse(size_t line, std::string column, const Error& error) {
  refuse(line, std::move(column),
         error.expected.empty() ? error.what : error.what + "; expected " + error.expected);
}

void FeedRun::refuse_unread(size_t line, std::string reason) {
  ++report_.rows_without_id;
  refuse(line, "", std::move(reason));
}

void FeedRun::note(size_t line, std::string text) {
  const auto [known, is_new] = note_of_text_.try_emplace(text, report_.notes.size());
  if (!is_new) {
    ++report_.notes[known->second].count;
  } else if (report_.notes.size() < kNotesMax) {
    report_.notes.push_back({name_, line, std::move(text), 1});
  } else {
    note_of_text_.erase(known);
  }
}

void FeedRun::withdraw(const std::string& id, size_t line, std::string column, std::string reason) {
  if (!id.empty()) {
    mention(id);
    report_.withdrawn.push_back(id);
  }
  refuse(line, std::move(column), std::move(reason));
}

void FeedRun::rename_repeated_skus(Garment& garment, size_t line) {
  std::unordered_set<std::string> own;
  const auto is_taken = [&](const std::string& sku) {
    return own.contains(sku) || line_of_sku_.contains(hash64(sku));
  };
  for (size_t i = 0; i < garment.variants.size(); ++i) {
    Variant& variant = garment.variants[i];
    if (is_taken(variant.sku)) {
      note(line, "a sku stands at several variants: all but the first are named by product and options");
      variant.sku = garment.id;
      for (const auto& option : {variant.size, variant.colour})
        if (!option.empty()) variant.sku += "/" + option;
      if (is_taken(variant.sku)) variant.sku += fmt::format("/{}", i + 1);
    }
    own.insert(variant.sku);
  }
}

// Drops variants that cost nothing: samples, and what has its price on request. False when the garment is
// withdrawn, since none is left.
bool FeedRun::drop_unpriced(Garment& garment, size_t line) {
  const auto is_unpriced = [](const Variant& variant) { return variant.price == 0; };
  if (prices_may_be_absent_ || garment.variants.empty()) return true;
  constexpr std::string_view kWhy = "the price is 0, so it is not for sale";
  if (std::all_of(garment.variants.begin(), garment.variants.end(), is_unpriced)) {
    withdraw(garment.id, line, "price", std::string(kWhy));
    return false;
  }
  for (size_t count = std::erase_if(garment.variants, is_unpriced); count > 0; --count)
    refuse(line, "price", std::string(kWhy));
  return true;
}

// Drops variants whose sku is another garment's; false when none is left.
bool FeedRun::claim_skus(Garment& garment, size_t line) {
  std::erase_if(garment.variants, [&](const Variant& variant) {
    const auto [known, is_new] = line_of_sku_.try_emplace(hash64(variant.sku), line);
    if (!is_new)
      refuse(line, "sku", fmt::format("sku '{}' was already used at line {}", variant.sku, known->second));
    return !is_new;
  });
  return !garment.variants.empty();
}

void FeedRun::undo_dates_of_sizes(Garment& garment, size_t line) {
  for (auto& variant : garment.variants)
    if (auto size = size_of_date(variant.size)) {
      note(line, fmt::format("the size '{}' is a spreadsheet's date: taken as '{}'", variant.size, *size));
      variant.size = std::move(*size);
    }
}

Result<Done> FeedRun::emit(Garment&& garment, size_t line) {
  clean(garment);
  mention(garment.id);
  undo_dates_of_sizes(garment, line);
  share_numbers(garment);
  share_variant_attributes(garment);
  take_brand(garment);
  if (keep_links(garment))
    note(line, fmt::format("of the garments that go with it the first {} are kept", kGoesWithMax));
  if (is_gift_card(garment)) {
    withdraw(garment.id, line, "category", "the product is a gift card");
    return kOk;
  }
  if (!drop_unpriced(garment, line)) return kOk;
  if (garment.currency.empty()) garment.currency = options_.currency;
  if (skus_repeat_ && !line_of_id_.contains(hash64(garment.id))) rename_repeated_skus(garment, line);
  if (const auto valid = validate(garment); !valid.ok()) {
    refuse(line, valid.error().where, valid.error());
    return kOk;
  }
  const auto [known, is_new] = line_of_id_.try_emplace(hash64(garment.id), line);
  if (!is_new) {
    refuse(line, "id", fmt::format("id '{}' was already used at line {}", garment.id, known->second));
    return kOk;
  }
  if (!claim_skus(garment, line)) return kOk;
  ++report_.garments;
  report_.variants += garment.variants.size();
  report_.images += garment.images.size();
  TRY(sink_(std::move(garment)));
  return kOk;
}

FeedReport FeedRun::finish() {
  // A garment with one hidden variant is for sale with the others.
  std::erase_if(report_.withdrawn, [&](const std::string& id) { return line_of_id_.contains(hash64(id)); });
  if (const size_t broken = text_.broken_letters(); broken > 0)
    report_.notes.push_back({name_, text_.first_broken_line(),
                             "a broken letter, which is not UTF-8, was read as '\uFFFD'", broken});
  report_.encoding = text_.encoding();
  report_.encoding_guessed = text_.guessed();
  report_.encoding_rival = text_.rival();
  return std::move(report_);
}

}  // namespace modiste
