// One kept-alive HTTP connection to 127.0.0.1.
//
// On Beast, not on io/http_client.h: that client connects for every call and looks up proxies and
// authorities, which would be measured along with the server.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

namespace modiste::bench {

struct HttpCall {
  const char* method = "POST";
  std::string path;
  std::string body = {};  // JSON
};

struct HttpReply {
  unsigned status = 0;  // 0: the connection was lost
  std::string body;
};

class Connection {
 public:
  explicit Connection(uint16_t port);  // connects at the first call, and again after a loss
  ~Connection();

  HttpReply send(const HttpCall& call);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace modiste::bench
