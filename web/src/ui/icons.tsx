// Line icons of one weight, drawn for this shop on a 24-unit grid.
import type { ReactNode } from "react";

type IconProps = { size?: number };

function Icon({ size = 22, children, fill = "none" }: IconProps & { children: ReactNode; fill?: string }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill={fill}
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {children}
    </svg>
  );
}

export const HeartIcon = ({ filled = false, ...rest }: IconProps & { filled?: boolean }) => (
  <Icon {...rest} fill={filled ? "currentColor" : "none"}>
    <path d="M12 19.6S4.2 15 4.2 9.4A4.2 4.2 0 0 1 12 7.2a4.2 4.2 0 0 1 7.8 2.200C19.8 15 12 19.6 12 19.600Z" />
  </Icon>
);
export const CrossIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="m6 6 12 12M18 6 6 18" />
  </Icon>
);
export const BookmarkIcon = ({ filled = false, ...rest }: IconProps & { filled?: boolean }) => (
  <Icon {...rest} fill={filled ? "currentColor" : "none"}>
    <path d="M6.5 4.500h11V20L12 15.8 6.5 20Z" />
  </Icon>
);
export const UndoIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M8.5 5.5 4.5 9.500l4 4" />
    <path d="M5 9.500h8.500a5 5 0 0 1 0 10H9" />
  </Icon>
);
export const SearchIcon = (props: IconProps) => (
  <Icon {...props}>
    <circle cx="10.8" cy="10.8" r="6.3" />
    <path d="m15.5 15.5 4.5 4.5" />
  </Icon>
);
export const CameraIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M4 8.500h3.400L9 6h6l1.6 2.500H20V19H4Z" />
    <circle cx="12" cy="13.4" r="3.3" />
  </Icon>
);
export const CardsIcon = (props: IconProps) => (
  <Icon {...props}>
    <rect x="8" y="4.5" width="11" height="15" rx="1.5" />
    <path d="m5.8 7.2-1.3.4 3 11.4" />
  </Icon>
);
export const GridIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M4.5 4.500h6.200v8.500H4.500ZM13.3 4.500h6.200v5h-6.200ZM4.5 15.600h6.200v3.900H4.500ZM13.3 12.100h6.200v7.400h-6.200Z" />
  </Icon>
);
export const ThreadIcon = (props: IconProps) => (
  <Icon {...props}>
    <circle cx="12" cy="8" r="3.7" />
    <path d="M4.8 20c.5-4.2 3.3-6.3 7.2-6.300s6.7 2.1 7.2 6.3" />
  </Icon>
);
export const BagIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M5.5 8.500h13L19.5 20h-15Z" />
    <path d="M9 10.800V7.500a3 3 0 0 1 6 0v3.3" />
  </Icon>
);
export const ArrowIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M4.5 12h15M14 6.500l5.5 5.5-5.5 5.5" />
  </Icon>
);
export const FilterIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M4 8h9M17.5 8H20M4 16h3.500M12 16h8" />
    <circle cx="15.2" cy="8" r="2.2" />
    <circle cx="9.7" cy="16" r="2.2" />
  </Icon>
);
export const CheckIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="m5.5 12.5 4.3 4.3 8.7-9.6" />
  </Icon>
);
export const HangerIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M10 7.200a2 2 0 1 1 2.800 1.900c-.5.2-.8.600-.8 1.100v.8L3.800 16.600A1 1 0 0 0 4.400 18.400h15.200a1 1 0 0 0 .6-1.800L12 11" />
  </Icon>
);
export const LockIcon = ({ closed = false, ...rest }: IconProps & { closed?: boolean }) => (
  <Icon {...rest} fill={closed ? "currentColor" : "none"}>
    <rect x="6" y="11" width="12" height="8.500" rx="1.5" />
    <path
      fill="none"
      d={closed ? "M8.500 11V8.500a3.500 3.500 0 0 1 7 0V11" : "M8.500 11V7a3.500 3.500 0 0 1 6.800-1.200"}
    />
  </Icon>
);
export const SwapIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M5 9h13M14.500 5.500 18 9l-3.500 3.500M19 15.500H6M9.500 12 6 15.500 9.500 19" />
  </Icon>
);
