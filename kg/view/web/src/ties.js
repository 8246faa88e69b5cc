// Where a bundle of ties runs, shared by the canvas, the exported drawing and the pointer.

/** The way of a bundle from rim to rim: start, bend and end of a curve, its middle and the direction at its end. */
export function way(a, b, bent) {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const length = Math.hypot(dx, dy) || 1;
  const bend = bent ? Math.min(46, 14 + length * 0.1) : 0;
  const control = { x: (a.x + b.x) / 2 + (-dy / length) * bend * 2, y: (a.y + b.y) / 2 + (dx / length) * bend * 2 };
  const rim = (from, to, by) => {
    const d = Math.hypot(to.x - from.x, to.y - from.y) || 1;
    return { x: from.x + ((to.x - from.x) / d) * by, y: from.y + ((to.y - from.y) / d) * by };
  };
  const start = rim(a, control, a.r + 1);
  const end = rim(b, control, b.r + 3);
  return {
    start,
    control,
    end,
    middle: { x: start.x / 4 + control.x / 2 + end.x / 4, y: start.y / 4 + control.y / 2 + end.y / 4 },
    angle: Math.atan2(end.y - control.y, end.x - control.x),
    length,
  };
}

export function nearWay(line, x, y, within) {
  for (let t = 0; t <= 1.0001; t += 0.04) {
    const p = on(line, t);
    if (Math.hypot(p.x - x, p.y - y) < within) return true;
  }
  return false;
}

/** A point of a way, from 0 at its start to 1 at its end. */
export function on({ start, control, end }, t) {
  const u = 1 - t;
  return {
    x: u * u * start.x + 2 * u * t * control.x + t * t * end.x,
    y: u * u * start.y + 2 * u * t * control.y + t * t * end.y,
  };
}

/** How many square pixels two boxes [left, top, right, bottom] share. */
export function overlap(a, b) {
  const wide = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
  const high = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
  return wide > 0 && high > 0 ? wide * high : 0;
}
