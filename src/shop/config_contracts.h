// The names, bounds and documentation of the configuration, by which config/modiste.toml is read. Only
// config.cpp and its test need them.
#pragma once

#include "shop/config.h"

namespace modiste {

template <>
struct Contract<Config::Shop> {
  static constexpr std::string_view kName = "Shop";
  static constexpr auto kFields =
      Fields{field("name", &Config::Shop::name, {.doc = "Shown to shoppers"}),
             field("currency", &Config::Shop::currency, {.doc = "ISO 4217, for garments that do not say"})};
};

template <>
struct Contract<Config::Data> {
  static constexpr std::string_view kName = "Data";
  static constexpr auto kFields =
      Fields{field("directory", &Config::Data::directory, {.doc = "Catalog, event log, index and photos"})};
};

template <>
struct Contract<Config::Log> {
  static constexpr std::string_view kName = "Log";
  static constexpr auto kFields =
      Fields{field("seal", &Config::Log::seal,
                   {.doc = "A running server turns days that are over into Parquet files"}),
             field("seal_after_hours", &Config::Log::seal_after_hours,
                   {.doc = "After the end of the day, UTC", .min = 0, .max = 8'760}),
             field("served", &Config::Log::served,
                   {.doc = "Log answers with the features they were ranked by, for training"})};
};

template <>
struct Contract<Config::Key> {
  static constexpr std::string_view kName = "Key";
  static constexpr auto kFields =
      Fields{field("name", &Config::Key::name, {.doc = "For people"}),
             field("scope", &Config::Key::scope, {.doc = "What it may call"}),
             field("hash", &Config::Key::hash, {.doc = "As `modiste key new` prints it", .required = true})};
};

template <>
struct Contract<Config::Server> {
  static constexpr std::string_view kName = "Server";
  static constexpr auto kFields = Fields{
      field("address", &Config::Server::address, {.doc = "Others than loopback need a key"}),
      field("port", &Config::Server::port, {.doc = "0 picks a free one", .min = 0, .max = 65535}),
      field("threads", &Config::Server::threads, {.doc = "That serve requests", .min = 1, .max = 256}),
      field("workers", &Config::Server::workers,
            {.doc = "For slow calls: fsync, neural nets", .min = 1, .max = 256}),
      field("hosts", &Config::Server::hosts, {.doc = "Further names of this server"}),
      field("shoppers_without_key", &Config::Server::shoppers_without_key,
            {.doc = "Browsers may call without a key, each for its own device"}),
      field("devices_per_minute", &Config::Server::devices_per_minute,
            {.doc = "Device tokens that an address gets in a minute without a key; 0: no limit",
             .min = 0,
             .max = 1e6}),
      field("trusted_proxies", &Config::Server::trusted_proxies,
            {.doc = "Proxies besides those of this machine: addresses or ranges"}),
      field("origins", &Config::Server::origins, {.doc = "Storefronts on other hosts whose pages may call"}),
      field("device_token_secret", &Config::Server::device_token_secret,
            {.doc = "Signs device tokens; empty: a file of the data directory"}),
      field("shopper_token_secrets", &Config::Server::shopper_token_secrets,
            {.doc = "Shared with the shop's backend, which signs shopper tokens"}),
      field("leave_s", &Config::Server::leave_s,
            {.doc = "Seconds after a signal to stop in which requests are served and /readyz says 503",
             .min = 0,
             .max = 600}),
      field("keys", &Config::Server::keys, {.doc = "Of the API"})};
};

template <>
struct Contract<Config::Embedding> {
  static constexpr std::string_view kName = "Embedding";
  static constexpr auto kFields = Fields{
      field("model", &Config::Embedding::model, {.doc = "modiste, clip:DIR or none"}),
      field("threads", &Config::Embedding::threads, {.doc = "Of the neural nets", .min = 1, .max = 256})};
};

template <>
struct Contract<Config::Exploration> {
  static constexpr std::string_view kName = "Exploration";
  static constexpr auto kFields = Fields{
      field("epsilon_start", &Config::Exploration::epsilon_start,
            {.doc = "Share of the places that explore, for a shopper without signals", .min = 0, .max = 1}),
      field("epsilon_min", &Config::Exploration::epsilon_min,
            {.doc = "And for one who is known well", .min = 0, .max = 1}),
      field("draw", &Config::Exploration::draw,
            {.doc = "Which garments are preferred (ranking/exploration.h)"})};
};

template <>
struct Contract<Config::Weather> {
  static constexpr std::string_view kName = "Weather";
  static constexpr auto kFields =
      Fields{field("url", &Config::Weather::url,
                   {.doc = "Of a service that speaks Open-Meteo's format; empty: none"}),
             field("calls_per_day", &Config::Weather::calls_per_day,
                   {.doc = "At most; 0: as many as there are places", .min = 0, .max = 1e9})};
};

template <>
struct Contract<Config::Lookbook> {
  using Lookbook = Config::Lookbook;
  static constexpr std::string_view kName = "Lookbook";
  static constexpr auto kFields = Fields{
      field("nightly", &Lookbook::nightly, {.doc = "A running server makes the looks of the day by itself"}),
      field("night_hour", &Lookbook::night_hour,
            {.doc = "From this hour of the day on, UTC", .min = 0, .max = 23.99}),
      field(
          "evening_from", &Lookbook::evening_from,
          {.doc = "Evening looks come first from this hour on, by the shopper's clock", .min = 5, .max = 24}),
      field("chat_url", &Lookbook::chat_url,
            {.doc = "Of an OpenAI-compatible API that composes looks; empty: the composer does"}),
      field("chat_model", &Lookbook::chat_model, {.doc = "As that API names it"}),
      field("chat_key_variable", &Lookbook::chat_key_variable,
            {.doc = "Environment variable that holds its key"}),
      field("chat_calls", &Lookbook::chat_calls, {.doc = "At most, a night", .min = 0, .max = 1e6}),
      field("chat_tokens", &Lookbook::chat_tokens, {.doc = "At most, a night", .min = 0, .max = 2e9}),
      field("chat_timeout_s", &Lookbook::chat_timeout_s, {.doc = "Of a call", .min = 0.1, .max = 600}),
      field("chat_searches", &Lookbook::chat_searches,
            {.doc = "Searches a day that this API may read; 0: none is sent", .min = 0, .max = 1e6})};
};

template <>
struct Contract<Config::Training> {
  using Training = Config::Training;
  static constexpr std::string_view kName = "Training";
  static constexpr auto kFields = Fields{
      field("scheduled", &Training::scheduled, {.doc = "A running server trains by itself"}),
      field("hour", &Training::hour,
            {.doc = "From this hour of the day on, UTC: every day what is new", .min = 0, .max = 23.99}),
      field("full_on", &Training::full_on, {.doc = "On this day of the week everything"}),
      field(
          "models", &Training::models,
          {.doc = "Of ranker, next-choices, taste, fit, occasions", .items_max = kTrainedBySchedule.size()}),
      field("ripe_hours", &Training::ripe_hours,
            {.doc = "A ranker learns from answers that are as old as this", .min = 0, .max = 8'760}),
      field("drift_psi", &Training::drift_psi,
            {.doc = "A feature that moved further than this starts a full training; 0: none",
             .min = 0,
             .max = 100}),
      field("drift_hours", &Training::drift_hours, {.doc = "Between two looks", .min = 0.1, .max = 1'000}),
      field("retry_minutes", &Training::retry_minutes,
            {.doc = "After a failure; twice as long after the second", .min = 0, .max = 1'440}),
      field("retries", &Training::retries, {.doc = "Then the next day", .min = 0, .max = 100}),
      field("shadow_share", &Training::shadow_share,
            {.doc = "Share of the answers on which a challenger is compared", .min = 0, .max = 1})};
};

template <>
struct Contract<Config> {
  static constexpr std::string_view kName = "Config";
  static constexpr auto kFields = Fields{field("shop", &Config::shop),
                                         field("data", &Config::data),
                                         field("log", &Config::log),
                                         field("server", &Config::server),
                                         field("embedding", &Config::embedding),
                                         field("exploration", &Config::exploration),
                                         field("objective", &Config::objective),
                                         field("weather", &Config::weather),
                                         field("lookbook", &Config::lookbook),
                                         field("training", &Config::training)};
};

}  // namespace modiste
