// When the person last touched the phone: some calls are only allowed right after a tap.

export function createGestures(phone) {
  let last = -Infinity;
  for (const type of ["pointerup", "click"]) {
    phone.addEventListener(
      type,
      () => {
        last = performance.now();
      },
      { capture: true },
    );
  }
  return { tappedWithin: (milliseconds) => performance.now() - last <= milliseconds };
}
