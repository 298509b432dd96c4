import { useQuery } from "@tanstack/react-query";

import { shopQuery } from "../api/queries";
import { t } from "../locale";

// As the shop calls itself in its configuration; "Modiste" until that is known, and where it has no name.
export function useShopName(): string {
  return useQuery(shopQuery).data?.name || t.app.unnamed;
}

// ISO 4217; empty until it is known: amounts are then written without a currency.
export function useShopCurrency(): string {
  return useQuery(shopQuery).data?.currency ?? "";
}
