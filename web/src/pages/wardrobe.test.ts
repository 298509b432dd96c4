import { createElement } from "react";
import { describe, expect, it } from "vitest";

import { BusyError, ProblemError, UnreachableError } from "../api/client";
import type { WardrobePiece } from "../api/types";
import { t } from "../locale";
import { html } from "../testing/html";
import { NotAPhotoError } from "../ui/small_photo";
import { Piece } from "./wardrobe_piece";
import { coloursOf, photoTrouble } from "./wardrobe_words";

const refused = (status: number, detail = ""): ProblemError =>
  new ProblemError({ type: "about:blank", title: "No", status, detail });

describe("why a photo was not added", () => {
  it("is the photo only where the shop could not read it", () => {
    expect(photoTrouble(refused(400), [])).toBe(t.outfits.own.unreadable);
    expect(photoTrouble(new NotAPhotoError("no photo"), [])).toBe("no photo");
  });
  it("is a profile that is off, or a wardrobe that is full", () => {
    expect(photoTrouble(refused(409), [{ sold_here: true }])).toBe(t.outfits.own.notKept);
    expect(photoTrouble(refused(409), [{ sold_here: false }])).toBe(t.outfits.own.full);
  });
  it("is somebody who signed in on the device", () => {
    expect(photoTrouble(refused(403), [])).toBe(t.outfits.own.signedIn);
  });
  it("is otherwise what the shop says, or that it cannot be reached", () => {
    expect(photoTrouble(refused(501, "no image store"), [])).toBe("no image store");
    expect(photoTrouble(new UnreachableError("away"), [])).toBe("away");
    expect(photoTrouble(new BusyError(refused(503).problem, 1), [])).toBe(t.trouble.busy);
  });
});

describe("a piece of the wardrobe", () => {
  const piece = (id: string, colour: string): WardrobePiece =>
    ({
      id,
      sold_here: true,
      how: "purchase",
      role: "top",
      category: "shirt",
      item: { garment_id: id, title: "Linen shirt", colour, category: "Shirt", image: "", palette: [] },
    }) as unknown as WardrobePiece;
  const olive = piece("MH01", "Olive");
  const pieces = [olive, piece("MH02", "Red"), piece("MH01", "Navy")];
  const shown = (of: WardrobePiece): string =>
    html(createElement(Piece, { piece: of, colours: coloursOf(pieces, of.id) }));

  it("says that it leaves in every colour, before it does", () => {
    expect(coloursOf(pieces, "MH01")).toEqual(["Olive", "Navy"]);
    expect(shown(olive)).toContain("Remove Linen shirt in every colour?");
    expect(shown(olive)).toContain("Olive and Navy");
  });
  it("asks nothing where there is one colour", () => {
    expect(shown(pieces[1]!)).not.toContain("<dialog");
  });
});
