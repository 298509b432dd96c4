import { lazy, type MouseEvent, Suspense, useEffect } from "react";

import { t } from "./locale";
import { Home } from "./pages/home";
import { type Route } from "./router/match";
import { Link, usePageEntry, useRoute } from "./router/router";
import { bagCount } from "./state/marks";
import { shopper } from "./state/shopper";
import { useStore } from "./state/store";
import { BagIcon, CardsIcon, GridIcon, HangerIcon, SearchIcon, ThreadIcon } from "./ui/icons";
import { PageBoundary } from "./ui/page_boundary";
import { useShopName } from "./ui/shop_name";
import { ToastHost } from "./ui/toast";
import { ConnectionBanner, Waiting } from "./ui/trouble";

const Quiz = lazy(() => import("./pages/quiz"));
const Swipe = lazy(() => import("./pages/swipe"));
const Search = lazy(() => import("./pages/search"));
const Style = lazy(() => import("./pages/style"));
const Liked = lazy(() => import("./pages/liked"));
const MyData = lazy(() => import("./pages/my_data"));
const Quality = lazy(() => import("./pages/quality"));
const Today = lazy(() => import("./pages/today"));
const LastMile = lazy(() => import("./pages/last_mile"));
const Wardrobe = lazy(() => import("./pages/wardrobe"));
const Outfits = lazy(() => import("./pages/outfits"));
const GarmentPage = lazy(() => import("./pages/garment"));

const TABS = [
  { to: { page: "home" }, label: t.app.tabs.home, icon: GridIcon },
  { to: { page: "swipe" }, label: t.app.tabs.swipe, icon: CardsIcon },
  { to: { page: "outfits", garment: "", colour: "" }, label: t.app.tabs.outfits, icon: HangerIcon },
  { to: { page: "search", query: "" }, label: t.app.tabs.search, icon: SearchIcon },
  { to: { page: "style" }, label: t.app.tabs.style, icon: ThreadIcon },
] as const;

// These fill the screen, or lead there already.
const NO_FOOTER: ReadonlySet<Route["page"]> = new Set(["swipe", "quiz", "style", "my-data", "quality"]);

export function App() {
  const { route, turn, returned } = useRoute();
  const shopperId = useStore(shopper);
  const shopName = useShopName();
  usePageEntry(turn, returned, route.page);
  useEffect(() => {
    // The page of a garment names it.
    if (route.page !== "garment") document.title = t.app.title(t.app.titles[route.page], shopName);
  }, [route.page, shopName]);

  return (
    <>
      <a className="skip" href="#main" onClick={focusMain}>
        {t.app.skip}
      </a>
      <Header page={route.page} shopName={shopName} />
      <ConnectionBanner />
      <main id="main" data-page={route.page} key={shopperId} tabIndex={-1}>
        <PageBoundary key={route.page}>
          <Suspense fallback={<Waiting />}>
            <Page route={route} />
          </Suspense>
        </PageBoundary>
      </main>
      {!NO_FOOTER.has(route.page) && <Footer />}
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
      return <Search query={route.query} literal={route.literal ?? false} />;
    case "style":
      return <Style />;
    case "liked":
      return <Liked />;
    case "my-data":
      return <MyData />;
    case "quality":
      return <Quality />;
    case "today":
      return <Today />;
    case "last-mile":
      return <LastMile />;
    case "wardrobe":
      return <Wardrobe />;
    case "outfits":
      return (
        <Outfits
          garment={route.garment}
          colour={route.colour}
          owned={route.owned ?? false}
          key={route.garment + route.colour}
        />
      );
    case "garment":
      return <GarmentPage id={route.id} colour={route.colour} key={route.id} />;
    case "lost":
      return <Lost />;
  }
}

function Lost() {
  return (
    <div className="trouble">
      <h1 tabIndex={-1}>{t.app.lost.title}</h1>
      <p>{t.app.lost.text}</p>
      <Link className="button" to={{ page: "home" }}>
        {t.app.lost.back}
      </Link>
    </div>
  );
}

function Header({ page, shopName }: { page: Route["page"]; shopName: string }) {
  const bag = useStore(bagCount);
  return (
    <header className="header">
      <Link to={{ page: "home" }} className="wordmark" aria-label={t.app.home(shopName)}>
        {shopName}
      </Link>
      <nav className="tabs" aria-label={t.app.navigation}>
        {TABS.map(({ to, label, icon: TabIcon }) => (
          <Link key={label} to={to} aria-current={page === to.page ? "page" : undefined}>
            <TabIcon />
            <span>{label}</span>
          </Link>
        ))}
      </nav>
      <p className="bag">
        <BagIcon />
        <span aria-hidden="true">{bag > 0 ? bag : ""}</span>
        <span className="unseen">{t.app.bag(bag)}</span>
      </p>
    </header>
  );
}

function Footer() {
  return (
    <footer className="footer">
      <Link className="text-link" to={{ page: "my-data" }}>
        {t.app.yourData}
      </Link>
    </footer>
  );
}

function focusMain(event: MouseEvent): void {
  event.preventDefault();
  document.getElementById("main")?.focus();
}
