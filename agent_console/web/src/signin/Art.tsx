const RINGS = [
  [70, 1],
  [135, 0.8],
  [205, 0.6],
  [280, 0.4],
] as const;
const DOTS = [
  [590, 130, 10, "#6ea8ff"],
  [457, 107, 5, "#57d3b4"],
  [403, 214, 5, "#b9a6ff"],
  [541, 180, 4, "#8fd0f5"],
  [470, 383, 5, "#f3aa40"],
] as const;

/** Channels round one hub; decoration. */
export function Art() {
  return (
    <svg class="art" viewBox="0 0 640 900" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
      <g fill="none" stroke="#27477a" stroke-width="1.5">
        {RINGS.map(([radius, opacity]) => (
          <circle key={radius} cx="590" cy="130" r={radius} opacity={opacity} />
        ))}
      </g>
      {DOTS.map(([x, y, radius, colour]) => (
        <circle key={colour} cx={x} cy={y} r={radius} fill={colour} />
      ))}
    </svg>
  );
}
