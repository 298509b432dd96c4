import { lazy, type MouseEvent, Suspense, useEffect } from "react";

import { api } from "./api/client";
import { useAnswer } from "./api/use_answer";
import { Home } from "./pages/home";
import { type Route } from "./router/match";
import { Link, usePageEntry, useRoute } from "./router/router";
import { bagCount } from "./state/marks";
import { shopper } from "./state/shopper";
import { useStore } from "./state/store";
import { BagIcon, CardsIcon, GridIcon, SearchIcon, ThreadIcon } from "./ui/icons";
import { ToastHost } from "./ui/toast";
import { ConnectionBanner } from "./ui/trouble";

const Quiz = lazy(() => import("./pages/quiz"));
const Swipe = lazy(() => import("./pages/swipe"));
const Search = lazy(() => import("./pages/search"));
const Style = lazy(() => import("./pages/style"));
const MyData = lazy(() => import("./pages/my_data"));
const GarmentPage = lazy(() => import("./pages/garment"));

const kTabs = [
  { to: { page: "home" }, label: "For you", icon: GridIcon },
  { to: { page: "swipe" }, label: "Swipe", icon: CardsIcon },
  { to: { page: "search", query: "" }, label: "Search", icon: SearchIcon },
  { to: { page: "style" }, label: "My style", icon: ThreadIcon },
] as const;

const kTitles: Record<Route["page"], string> = {
  home: "For you",
  quiz: "Six questions",
  swipe: "Swipe",
  search: "Search",
  style: "My style",
  "my-data": "What is held on you",
  garment: "Garment",
  lost: "Not found",
};

// These fill the screen, or lead there already.
const kNoFooter: ReadonlySet<Route["page"]> = new Set(["swipe", "quiz", "style", "my-data"]);

export function App() {
  const { route, turn, returned } = useRoute();
  const shopperId = useStore(shopper);
  const shop = useAnswer("shop", (signal) => api.shop(signal));
  usePageEntry(turn, returned, route.page);
  useEffect(() => {
    if (route.page !== "garment") document.title = `${kTitles[route.page]} · Modiste`;
  }, [route.page]);

  return (
    <>
      <a className="skip" href="#main" onClick={focusMain}>
        Skip to the page
      </a>
      <Header page={route.page} shopName={shop.data?.name ?? ""} />
      <ConnectionBanner />
      <main id="main" data-page={route.page} key={shopperId} tabIndex={-1}>
        <Suspense key={route.page} fallback={<div className="page-waiting" aria-busy="true" />}>
          <Page route={route} />
        </Suspense>
      </main>
      {!kNoFooter.has(route.page) && <Footer />}
      <ToastHost />
    </>
  );
}

function Page({ route }: { route: Route }) {
  switch (route.page) {
    case "home":
      return <Home />;
    case "quiz":
      return <Quiz />;
    case "swipe":
      return <Swipe />;
    case "search":
      return <Search query={route.query} />;
    case "style":
      return <Style />;
    case "my-data":
      return <MyData />;
    case "garment":
      return <GarmentPage id={route.id} colour={route.colour} key={route.id} />;
    case "lost":
      return <Lost />;
  }
}

function Lost() {
  return (
    <div className="trouble">
      <h1 tabIndex={-1}>There is nothing here</h1>
      <p>The address leads nowhere in this shop.</p>
      <Link className="button" to={{ page: "home" }}>
        To what is for you
      </Link>
    </div>
  );
}

function Header({ page, shopName }: { page: Route["page"]; shopName: string }) {
  const bag = useStore(bagCount);
  return (
    <header className="header">
      <Link to={{ page: "home" }} className="wordmark" aria-label={`${shopName || "Modiste"}, first page`}>
        {shopName || "Modiste"}
      </Link>
      <nav className="tabs" aria-label="Shop">
        {kTabs.map(({ to, label, icon: TabIcon }) => (
          <Link key={label} to={to} aria-current={page === to.page ? "page" : undefined}>
            <TabIcon />
            <span>{label}</span>
          </Link>
        ))}
      </nav>
      <p className="bag" aria-label={`Bag: ${bag}`}>
        <BagIcon />
        <span aria-hidden="true">{bag > 0 ? bag : ""}</span>
      </p>
    </header>
  );
}

function Footer() {
  return (
    <footer className="footer">
      <Link className="text-link" to={{ page: "my-data" }}>
        What is held on you
      </Link>
    </footer>
  );
}

function focusMain(event: MouseEvent): void {
  event.preventDefault();
  document.getElementById("main")?.focus();
}
