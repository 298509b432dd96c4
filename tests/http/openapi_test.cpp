// The committed API descriptions match the code. MODISTE_UPDATE=1 rewrites them.
#include "http/openapi.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "http/docs_page.h"
#include "http/system_routes.h"
#include "test_support.h"

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

TEST(OpenApi, IsTheCommittedFile) { expect_committed("api/openapi.json", openapi_file()); }

TEST(OpenApi, DescribesEveryRouteOfTheServer) {
  Router router = shop_router(nullptr);
  const auto document = openapi_document(router);
  const auto& paths = document.at("paths").as_object();
  EXPECT_GE(paths.size(), 20U);
  const auto& put = paths.at("/v1/garments/{id}").as_object().at("put").as_object();
  EXPECT_EQ(put.at("operationId"), "putGarment");
  EXPECT_TRUE(put.at("responses").as_object().contains("201"));
  EXPECT_EQ(put.at("parameters").as_array().front().as_object().at("in"), "path");
}

// An example that its own contract refuses would teach wrong calls.
TEST(OpenApi, ExamplesAreAccepted) {
  const Router router = shop_router(nullptr);
  for (const auto& route : router.routes()) {
    if (route.body_kind != BodyKind::kJson) continue;
    std::vector<std::string> values;
    for (const auto& field : route.path->fields) values.emplace_back(field.example);
    const auto body = example_body(route, router.book());
    const auto result = route.handle(
        {.path_values = values, .query = {}, .body = serialize_json(body), .caller = {.trusted = true}});
    ASSERT_FALSE(result.ok()) << route.spec.name << " answered, but the shop is closed";
    EXPECT_EQ(result.error().code, Code::kUnavailable) << route.spec.name << ": " << result.error().message();
  }
}

// Generators make a method of each operation and a type of each component: they need valid names
// that are used once.
TEST(OpenApi, NamesEveryOperationOnceAndResolvesEveryReference) {
  const auto text = openapi_file();
  const auto document = parse_json(text);
  ASSERT_TRUE(document.ok());
  std::set<std::string> operations, tags;
  for (const auto& tag : document->at("tags").as_array()) tags.emplace(tag.at("name").as_string());
  for (const auto& [path, methods] : document->at("paths").as_object()) {
    for (const auto& [method, operation] : methods.as_object()) {
      EXPECT_TRUE(operations.emplace(operation.at("operationId").as_string()).second) << path;
      EXPECT_TRUE(tags.contains(std::string(operation.at("tags").as_array().at(0).as_string()))) << path;
      EXPECT_TRUE(operation.at("responses").as_object().contains("503")) << path;
    }
  }
  const std::regex reference(R"re("\$ref": ?"#/components/(\w+)/(\w+)")re");
  for (std::sregex_iterator at(text.begin(), text.end(), reference), end; at != end; ++at)
    EXPECT_TRUE(document->at("components").at((*at)[1].str()).as_object().contains((*at)[2].str()))
        << at->str();
}

// Members that the server always writes are required in an answer; members it can do without are
// optional in a request.
TEST(OpenApi, TellsWhatIsSentFromWhatIsAnswered) {
  const auto document = openapi_document(shop_router(nullptr));
  const auto& schemas = document.at("components").at("schemas").as_object();
  const auto requires_stock = [&](const char* name) {
    const auto& required = schemas.at(name).at("required").as_array();
    return std::find(required.begin(), required.end(), json::value("stock")) != required.end();
  };
  EXPECT_TRUE(requires_stock("Variant"));
  EXPECT_FALSE(requires_stock("VariantInput"));
  EXPECT_EQ(schemas.at("Garment").at("properties").at("variants").at("items").at("$ref"),
            "#/components/schemas/VariantInput");
  EXPECT_EQ(schemas.at("Attribute").at("properties").at("facet").at("$ref"), "#/components/schemas/Facet");
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
}

TEST(OpenApi, IsServedAsJsonAndUnderTheMediaTypeOfYaml) {
  testing::Served served;
  const auto json = served.call("GET", "/openapi.json"), yaml = served.call("GET", "/openapi.yaml");
  EXPECT_EQ(json.field("Content-Type"), "application/json");
  EXPECT_TRUE(json.body == openapi_json(testing::test_router_with_pages(served.shop)))
      << "not the description of its routes";
  EXPECT_EQ(yaml.field("Content-Type"), "application/yaml");
  EXPECT_TRUE(yaml.body == json.body);
}

}  // namespace
}  // namespace modiste::http
