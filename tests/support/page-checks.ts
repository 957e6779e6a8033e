import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { desk, phone, smallest } from './browser.ts';

/** Everything wrong with a page that a machine can see, in words; nothing is the answer one wants. */
export async function faultsOf(page: Page): Promise<string[]> {
  const faults: string[] = [];
  for (const viewport of [smallest, phone, desk]) {
    await page.setViewportSize(viewport);
    const found = await layoutFaults(page);
    // Both phones show the same elements, so axe reads them once.
    if (viewport !== phone) found.push(...(await axeViolations(page)));
    const where = `${new URL(page.url()).pathname} at ${viewport.width} px`;
    faults.push(...found.map((fault) => `${where}: ${fault}`));
  }
  return faults;
}

/** Every rule of axe, the best practices too. */
export async function axeViolations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
  );
}

/** Title, one h1, no sideways scroll, and on touch widths targets of 24 px at least (WCAG 2.5.8). */
export async function layoutFaults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const faults: string[] = [];
    const headings = document.querySelectorAll('h1').length;
    if (headings !== 1) faults.push(`${headings} h1`);
    if (!/^.+ – Portal LKK /.test(document.title)) faults.push(`title “${document.title}”`);
    const { scrollWidth } = document.documentElement;
    if (scrollWidth > innerWidth) faults.push(`scrolls sideways: ${scrollWidth} px`);
    if (innerWidth < 600) faults.push(...[...smallTargets()].map((text) => `small: ${text}`));
    return faults;

    /** Smaller than 24 px, not inside a sentence, and too near to another target to be an exception. */
    function* smallTargets() {
      const shown = [
        ...document.querySelectorAll('a[href], button, input, select, summary'),
      ].filter(
        (target) =>
          !target.matches('[aria-hidden=true], [type=hidden], .sr') &&
          target.checkVisibility({ visibilityProperty: true }),
      );
      const boxes = shown.map((target) => target.getBoundingClientRect());
      for (const [index, target] of shown.entries()) {
        const box = boxes[index] ?? new DOMRect();
        const isSmall = box.width < 24 || box.height < 24;
        if (!isSmall || isInSentence(target) || isOffScreen(box)) continue;
        const others = boxes.filter((other) => other !== box && !isOffScreen(other));
        if (others.some((other) => gap(box, other) < 12))
          yield `${Math.round(box.width)}×${Math.round(box.height)} ${target.outerHTML.slice(0, 120)}`;
      }
    }

    function isInSentence(target: Element) {
      const around = target.closest('p, li, dd, small')?.textContent?.trim();
      return (
        getComputedStyle(target).display === 'inline' &&
        around !== undefined &&
        around !== target.textContent?.trim()
      );
    }

    function isOffScreen(box: DOMRect) {
      return box.right <= 0 || box.bottom <= 0 || box.width <= 1;
    }

    /** From the middle of one target to the nearest edge of another. */
    function gap(from: DOMRect, to: DOMRect) {
      const x = from.x + from.width / 2;
      const y = from.y + from.height / 2;
      return Math.hypot(
        Math.max(to.left - x, 0, x - to.right),
        Math.max(to.top - y, 0, y - to.bottom),
      );
    }
  });
}
