import "./styles/fonts.css";
import "./styles/base.css";
import "./styles/shell.css";
import "./styles/cards.css";

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { watchConnection } from "./api/connection";
import { App } from "./app";
import { watchQueue } from "./events/send";
import { startRouter } from "./router/router";

startRouter();
watchConnection();
watchQueue();
createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
