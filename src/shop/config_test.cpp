#include "shop/config.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/toml.h"
#include "io/read_file.h"
#include "shop/config_contracts.h"

namespace modiste {
namespace {

using testing::AllOf;
using testing::HasSubstr;

const std::filesystem::path kFile = std::filesystem::path(MODISTE_SOURCE_DIR) / "config" / "modiste.toml";

std::string refusal_of(std::string_view text) { return parse_config(text, "m.toml").error().message(); }

TEST(Config, NothingSaidMeansTheDefaults) {
  const auto config = parse_config("", "m.toml");
  ASSERT_TRUE(config.ok()) << config.error().message();
  EXPECT_EQ(to_json(*config), to_json(Config()));
  const auto server = config->server_options();
  EXPECT_EQ(server.port, 8080);
  EXPECT_FALSE(server.service.shoppers_without_key);
  EXPECT_EQ(config->log_options().seal_after, SealedLogOptions().seal_after);
}

// The shipped file shows every key with its default; only the keys of the API stand there as a comment.
TEST(Config, TheShippedFileSaysEveryDefault) {
  const auto text = read_text_file(kFile).value();
  const auto config = parse_config(text, "modiste.toml");
  ASSERT_TRUE(config.ok()) << config.error().message();
  EXPECT_EQ(to_json_text(*config), to_json_text(Config()));
  json::value all = to_json(Config());
  all.at("server").as_object().erase("keys");
  EXPECT_EQ(TomlDocument::parse(text, "modiste.toml")->value(), all);
}

TEST(Config, EveryKeyIsRead) {
  const auto config = parse_config(R"(
[shop]
name = "Luma"
currency = "EUR"
[data]
directory = "/srv/modiste"
[log]
seal = false
seal_after_hours = 0.5
served = false
[server]
address = "0.0.0.0"
port = 80
threads = 4
workers = 3
hosts = ["shop.example", "www.shop.example"]
shoppers_without_key = true
devices_per_minute = 30
trusted_proxies = ["172.16.0.0/12"]
origins = ["https://shop.example"]
device_token_secret = "a device secret of at least 32 bytes"
shopper_token_secrets = ["the secret in use, of 32 bytes or more", "the one before, of 32 bytes or more"]
[[server.keys]]
name = "warehouse"
scope = "writer"
hash = "ab"
[[server.keys]]
hash = "cd"
[embedding]
model = "none"
threads = 1
[exploration]
epsilon_start = 0.2
epsilon_min = 0
[weather]
url = "http://127.0.0.1:1/"
)",
                                   "m.toml");
  ASSERT_TRUE(config.ok()) << config.error().message();
  EXPECT_EQ(config->shop.name, "Luma");
  EXPECT_EQ(config->shop.currency, "EUR");
  EXPECT_EQ(config->folder(), "/srv/modiste");
  EXPECT_FALSE(config->log.seal);
  EXPECT_FALSE(config->log.served);
  EXPECT_EQ(config->log_options().seal_after, std::chrono::minutes(30));
  EXPECT_EQ(config->embedding.model, "none");
  EXPECT_EQ(config->embedding.threads, 1);
  EXPECT_EQ(config->exploration.epsilon_start, 0.2);
  EXPECT_EQ(config->exploration.epsilon_min, 0);
  EXPECT_EQ(config->weather.url, "http://127.0.0.1:1/");
  const auto server = config->server_options();
  EXPECT_EQ(server.address, "0.0.0.0");
  EXPECT_EQ(server.port, 80);
  EXPECT_EQ(server.threads, 4U);
  EXPECT_EQ(server.workers, 3U);
  EXPECT_EQ(server.service.hosts, (std::vector<std::string>{"shop.example", "www.shop.example"}));
  EXPECT_TRUE(server.service.shoppers_without_key);
  EXPECT_EQ(server.service.devices_per_minute, 30);
  EXPECT_EQ(server.service.trusted_proxies, std::vector<std::string>{"172.16.0.0/12"});
  EXPECT_EQ(server.service.origins, (std::vector<std::string>{"https://shop.example"}));
  EXPECT_EQ(server.service.device_token_secret, "a device secret of at least 32 bytes");
  EXPECT_EQ(server.service.shopper_token_secrets.size(), 2U);
  ASSERT_EQ(server.service.keys.size(), 2U);
  EXPECT_EQ(server.service.keys[0].name, "warehouse");
  EXPECT_EQ(server.service.keys[0].scope, http::Scope::kWriter);
  EXPECT_EQ(server.service.keys[0].hash, "ab");
  EXPECT_EQ(server.service.keys[1].scope, http::Scope::kShopper);
}

TEST(Config, EveryKeyOfTheLookbookIsRead) {
  const auto config = parse_config(R"(
[lookbook]
nightly = false
night_hour = 2.5
evening_from = 16.5
chat_url = "http://127.0.0.1:2/v1"
chat_model = "stylist-1"
chat_key_variable = "KEY"
chat_calls = 7
chat_tokens = 9000
chat_timeout_s = 0.5
)",
                                   "m.toml");
  ASSERT_TRUE(config.ok()) << config.error().message();
  EXPECT_FALSE(config->lookbook.nightly);
  EXPECT_EQ(config->lookbook.night_hour, 2.5);
  EXPECT_EQ(config->lookbook.chat_key_variable, "KEY");
  EXPECT_EQ(config->lookbook_options().time.evening_from_min, 16 * 60 + 30);
  const auto chat = config->chat_options().value();
  EXPECT_EQ(chat.url, "http://127.0.0.1:2/v1");
  EXPECT_EQ(chat.model, "stylist-1");
  EXPECT_EQ(chat.calls_max, 7U);
  EXPECT_EQ(chat.tokens_max, 9'000U);
  EXPECT_EQ(chat.limits.timeout, std::chrono::milliseconds(500));
}

TEST(Config, UnknownKeysAreRefusedWithTheNearestOne) {
  EXPECT_THAT(refusal_of("[server]\n\nprot = 80\n"),
              AllOf(HasSubstr("'prot'"), HasSubstr("m.toml line 3, server.prot"), HasSubstr("port")));
  EXPECT_THAT(refusal_of("[sever]\nport = 80\n"), AllOf(HasSubstr("m.toml line 1"), HasSubstr("server")));
  EXPECT_THAT(refusal_of("[[server.keys]]\nhash = \"a\"\nscop = \"admin\"\n"),
              AllOf(HasSubstr("m.toml line 3, server.keys.0.scop"), HasSubstr("scope")));
}

TEST(Config, WrongTypesAndRangesAreRefusedByLine) {
  EXPECT_THAT(refusal_of("[server]\nport = \"80\"\n"), HasSubstr("m.toml line 2, server.port"));
  EXPECT_THAT(refusal_of("[server]\nport = 65536\n"),
              AllOf(HasSubstr("m.toml line 2, server.port"), HasSubstr("0 to 65535")));
  EXPECT_THAT(refusal_of("[server]\nport = 80.5\n"), HasSubstr("an integer"));
  EXPECT_THAT(refusal_of("[server]\nthreads = 0\n"),
              AllOf(HasSubstr("0 is out of range"), HasSubstr("1 to 256")));
  EXPECT_THAT(refusal_of("[server]\nhosts = \"shop.example\"\n"), HasSubstr("a list"));
  EXPECT_THAT(refusal_of("[server]\nhosts = [\"a\", 5]\n"), HasSubstr("line 2, server.hosts.1"));
  EXPECT_THAT(refusal_of("[exploration]\nepsilon_min = -0.1\n"), HasSubstr("0 to 1"));
  EXPECT_THAT(refusal_of("[log]\nseal = 1\n"), HasSubstr("true or false"));
  EXPECT_THAT(refusal_of("server = 5\n"), HasSubstr("an object"));
  EXPECT_THAT(refusal_of("[[server.keys]]\nhash = \"a\"\nscope = \"root\"\n"),
              AllOf(HasSubstr("line 3, server.keys.0.scope"), HasSubstr("shopper, writer, admin")));
  EXPECT_THAT(refusal_of("[[server.keys]]\nname = \"a\"\n"), HasSubstr("hash"));
  EXPECT_THAT(refusal_of("[server\n"), HasSubstr("m.toml line 1"));
}

TEST(Config, ACurrencyIsThreeCapitalLetters) {
  for (const char* currency : {"eur", "dollars", "", "E1R"}) {
    const auto config = parse_config(fmt::format("[shop]\ncurrency = \"{}\"\n", currency), "modiste.toml");
    ASSERT_FALSE(config.ok()) << currency;
    EXPECT_EQ(config.error().where, "modiste.toml, shop.currency");
  }
}

TEST(Config, WhatCannotWorkIsRefusedAtTheStart) {
  const std::pair<const char*, const char*> wrong[] = {
      {"[server]\nhosts = [\"https://shop.example\"]\n", "server.hosts"},
      {"[server]\nhosts = [\"shop.example:443\"]\n", "server.hosts"},
      {"[server]\ntrusted_proxies = [\"proxy\"]\n", "server.trusted_proxies"},
      {"[[server.keys]]\nhash = \"a\"\n[[server.keys]]\nhash = \"a\"\nscope = \"admin\"\n", "server.keys"},
      {"[weather]\nurl = \"api.example\"\n", "weather.url"},
      {"[lookbook]\nchat_url = \"ftp://a\"\n", "lookbook.chat_url"},
      {"[lookbook]\nchat_url = \"http://a\"\n", "lookbook.chat_model"},
      {"[lookbook]\nchat_searches = 5\n", "lookbook.chat_searches"},
      {"[exploration]\nepsilon_start = 0.01\nepsilon_min = 0.1\n", "exploration.epsilon_min"},
      {"[training]\nmodels = [\"ranker\", \"next_choices\"]\n", "training.models"}};
  for (const auto& [text, where] : wrong) EXPECT_THAT(refusal_of(text), HasSubstr(where)) << text;
  EXPECT_TRUE(parse_config("[server]\nhosts = [\"shop.example\", \"[2001:db8::1]\"]\n", "m.toml").ok());
}

TEST(Config, AMissingFileIsNamed) {
  const auto error = read_config("/no/such/modiste.toml").error();
  EXPECT_EQ(error.code, Code::kNotFound);
  EXPECT_THAT(error.message(), HasSubstr("/no/such/modiste.toml"));
}

}  // namespace
}  // namespace modiste
