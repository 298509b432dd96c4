import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { imageAddress, isPrivate } from "../api/client";
import { privateImageQuery } from "../api/queries";

type PhotoProps = { src: string; alt: string; palette?: readonly string[]; eager?: boolean; sizes?: string };

// A garment's photo on the house's own paper; a cut of its palette where there is none.
export function Photo(props: PhotoProps) {
  return isPrivate(props.src) ? <PrivatePhoto {...props} /> : <PublicPhoto {...props} />;
}

// A photo of the shopper's own wardrobe.
function PrivatePhoto({ src, ...rest }: PhotoProps) {
  const { data, isError } = useQuery(privateImageQuery(src));
  if (!data && !isError) return <span className="photo" data-state="waiting" />;
  return <PublicPhoto src={data ?? ""} {...rest} />;
}

function PublicPhoto({ src, alt, palette = [], eager = false }: PhotoProps) {
  const [state, setState] = useState<"waiting" | "shown" | "missing">(src === "" ? "missing" : "waiting");
  const [known, setKnown] = useState(src);
  if (known !== src) {
    setKnown(src);
    setState(src === "" ? "missing" : "waiting");
  }
  if (state === "missing") return <Swatches alt={alt} palette={palette} />;
  return (
    <span className="photo" data-state={state}>
      <img
        src={imageAddress(src)}
        alt={alt}
        draggable={false}
        decoding="async"
        loading={eager ? "eager" : "lazy"}
        ref={(image) => {
          if (image?.complete && image.naturalWidth > 0 && state === "waiting") setState("shown");
        }}
        onLoad={() => setState("shown")}
        onError={() => setState("missing")}
      />
    </span>
  );
}

function Swatches({ alt, palette }: { alt: string; palette: readonly string[] }) {
  return (
    <span className="photo photo-none" role="img" aria-label={alt}>
      {palette.slice(0, 4).map((hex) => (
        <i key={hex} style={{ background: hex }} />
      ))}
    </span>
  );
}
