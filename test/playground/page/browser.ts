import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { bundlePage } from '../../../bench/page/bundle-page.js';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Where a browser is installed; `CHROMIUM` names another. */
export const CHROMIUM = [process.env['CHROMIUM'] ?? '', ...PLACES].find(
  (path) => path !== '' && existsSync(path),
);

export interface OpenBrowser {
  /** The folder of the page, bundled just now. */
  readonly site: string;
  /** A tab; what goes wrong in it fails the test that closes the browser. */
  open(url: string, options?: BrowserContextOptions): Promise<Page>;
  close(): Promise<void>;
}

export async function openBrowser(): Promise<OpenBrowser> {
  const site = mkdtempSync(join(tmpdir(), 'easel-page-'));
  await bundlePage(site);
  const browser = await chromium.launch({ executablePath: CHROMIUM ?? '', args: ['--no-sandbox'] });
  const troubles: string[] = [];
  return {
    site,
    async open(url, options) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
      const page = await context.newPage();
      // As long as everything waits here, on the slowest machine.
      page.setDefaultTimeout(60_000);
      page.on('pageerror', ({ message }) => troubles.push(message));
      await page.goto(url);
      return page;
    },
    async close() {
      await browser.close();
      rmSync(site, { recursive: true });
      if (troubles.length > 0) throw new Error(`The page itself went wrong: ${troubles.join('; ')}`);
    },
  };
}

/** Types a command as a person does, with the keyboard alone, and sends it. */
export async function command(page: Page, text: string): Promise<void> {
  const writing = page.getByRole('textbox', { name: 'Message', exact: true });
  await writing.fill(text);
  await page.locator('.command-form').waitFor();
  await page.keyboard.press('Enter');
}

/** Becomes one of the people. */
export async function become(page: Page, name: string): Promise<void> {
  const option = page.locator('.viewer option', { hasText: name });
  await page.locator('.viewer select').selectOption((await option.getAttribute('value')) ?? '');
  await page.locator('.app:not([aria-busy=true])').waitFor();
}

/** What a checker of accessibility finds that is serious, in the whole page or within what a selector finds. */
export async function flaws(page: Page, within = 'html'): Promise<string[]> {
  // The page has no frames whose results would have to be joined in a page of their own.
  const { violations } = await new AxeBuilder({ page }).include(within).setLegacyMode().analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)} ${nodes[0]?.failureSummary}`);
}
