// The committed descriptions of the API are those of the code. MODISTE_UPDATE=1 writes them anew.
#include "http/openapi.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "http/docs_page.h"
#include "http/system_routes.h"
#include "http/test_support.h"
#include "http/yaml.h"

namespace modiste::http {
namespace {

void expect_committed(const std::string& name, const std::string& text) {
  const auto path = std::string(MODISTE_SOURCE_DIR) + "/" + name;
  if (std::getenv("MODISTE_UPDATE") != nullptr) std::ofstream(path, std::ios::binary) << text;
  std::ifstream in(path, std::ios::binary);
  std::stringstream committed;
  committed << in.rdbuf();
  EXPECT_TRUE(committed.str() == text) << path << " is not what the code says: run with MODISTE_UPDATE=1";
}

TEST(OpenApi, IsTheCommittedFile) { expect_committed("api/openapi.yaml", openapi_file()); }
TEST(TypeScript, IsTheCommittedFile) { expect_committed("web/src/api/types.ts", typescript_file()); }

TEST(OpenApi, DescribesEveryRouteOfTheServer) {
  ClosedShop shop;
  Router router = shop_router(shop);
  const auto document = openapi_document(router);
  const auto& paths = document.at("paths").as_object();
  EXPECT_EQ(paths.size(), 20U);
  const auto& put = paths.at("/v1/products/{id}").as_object().at("put").as_object();
  EXPECT_EQ(put.at("operationId"), "putProduct");
  EXPECT_TRUE(put.at("responses").as_object().contains("201"));
  EXPECT_EQ(put.at("parameters").as_array().front().as_object().at("in"), "path");
}

// An example that the contract itself refuses would teach wrong calls.
TEST(OpenApi, ExamplesAreAccepted) {
  ClosedShop shop;
  const Router router = shop_router(shop);
  for (const auto& route : router.routes()) {
    if (route.body_kind != BodyKind::kJson) continue;
    std::vector<std::string> values;
    for (const auto& field : route.path->fields) values.emplace_back(field.example);
    const auto body = example_body(route, router.book());
    const auto result = route.handle({values, {}, serialize_json(body)});
    ASSERT_FALSE(result.ok()) << route.spec.name << " answered, but the shop is closed";
    EXPECT_EQ(result.error().code, Code::kUnavailable) << route.spec.name << ": " << result.error().message();
  }
}

TEST(Yaml, QuotesWhatCouldBeTakenForSomethingElse) {
  const json::object value{{"plain", "a word"}, {"yes", "no"},
                           {"number", "12"},    {"colon", "a: b"},
                           {"empty", ""},       {"list", {1, "x"}},
                           {"none", nullptr},   {"objects", {json::object{{"a", 1}, {"b", 2}}}}};
  EXPECT_EQ(
      to_yaml(value),
      "plain: a word\n\"yes\": \"no\"\nnumber: \"12\"\ncolon: \"a: b\"\nempty: \"\"\nlist:\n  - 1\n  - x\n"
      "none: null\nobjects:\n  - a: 1\n    b: 2\n");
}

TEST(DocsPage, ShowsEveryRouteWithACallThatCanBeCopied) {
  testing::Served served;
  const auto page = served.call("GET", "/docs").body;
  for (const auto& part : {"id=\"recommend\"", "id=\"metrics\"", "id=\"type-StyleView\"", "id=problem-413",
                           "curl \\\"$MODISTE/v1/search\\\"", "--data-binary @photo.jpg"}) {
    std::string wanted(part);
    for (size_t at; (at = wanted.find("\\\"")) != std::string::npos;) wanted.replace(at, 2, "&quot;");
    EXPECT_NE(page.find(wanted), std::string::npos) << wanted;
  }
  EXPECT_EQ(page.find("<script"), std::string::npos);
  EXPECT_EQ(served.call("GET", "/openapi.yaml").body, openapi_file());
}

}  // namespace
}  // namespace modiste::http
