import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Playground } from '../../../src/playground/open-playground.js';
import { startPlayground } from '../../../src/start-playground.js';
import { writeTinyModel } from '../../support/tiny-model.js';
import { become, CHROMIUM, command, flaws, openBrowser, type OpenBrowser } from './browser.js';

/** Enough that something can be done while it is being painted. */
const LONG = 1000;
/** How long painting that may take where the painter gets next to nothing of a busy machine. */
const PAINTED = { timeout: 200_000 };

// Nothing here is decided by time, and a machine that does much else paints very slowly.
vi.setConfig({ testTimeout: 600_000, hookTimeout: 300_000 });

describe.skipIf(CHROMIUM === undefined)('the page with the whole bot behind it (needs chromium)', () => {
  let folder: string;
  let browser: OpenBrowser;
  let playground: Playground;
  let page: Page;

  const open = () =>
    startPlayground({
      environment: {
        PATH: process.env['PATH'],
        MODEL: 'tiny',
        PROVIDER: 'cpu',
        THREADS: '1',
        MAX_STEPS: String(LONG),
        FRAME_SECONDS: '1',
        LOG_LEVEL: 'warn',
      },
      folder: join(folder, 'playground'),
      models: join(folder, 'models'),
      site: browser.site,
      host: '127.0.0.1',
      port: 0,
    });
  const url = () => `http://127.0.0.1:${playground.port}/`;
  const messages = () => page.locator('.message');
  const last = () => messages().last();
  const paint = async (prompt: string, steps: number) => {
    await page.getByRole('textbox', { name: 'Message', exact: true }).fill('/imagine ');
    await page.getByLabel('prompt', { exact: true }).fill(prompt);
    await page.getByRole('button', { name: '+ steps' }).click();
    await page.getByLabel('steps', { exact: true }).fill(String(steps));
    await page.keyboard.press('Enter');
    await page.locator('.command-form').waitFor({ state: 'detached' });
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'easel-playground-'));
    for (const name of ['tiny', 'other']) await writeTinyModel(join(folder, 'models', name), { name });
    browser = await openBrowser();
    playground = await open();
    page = await browser.open(url());
    await page.getByText('Easel is here').waitFor();
  });
  afterAll(async () => {
    await playground?.close();
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  afterEach(async () => {
    await become(page, 'Ada');
  });

  it('paints a suggestion: frames, the final picture, and by its reaction another', async () => {
    await page.locator('.suggestions button').first().click();
    const prompt = page.getByLabel('prompt', { exact: true });
    expect(await prompt.inputValue()).not.toBe('');
    await page.getByRole('button', { name: '+ steps' }).click();
    await page.getByLabel('steps', { exact: true }).fill(String(LONG));
    await page.keyboard.press('Enter');
    const picture = last().locator('.picture img');
    await picture.waitFor();
    await last().getByRole('button', { name: 'Again' }).waitFor(PAINTED);
    expect(await messages().count()).toBe(1);
    // At least one frame before the final picture, which is the one that is seen.
    const sent = playground.discord.requests.flatMap(({ files }) => files);
    expect(sent.length).toBeGreaterThan(1);
    expect(await picture.getAttribute('src')).toContain(sent.at(-1)?.filename);
    await last().getByRole('button', { name: /^🔁 1/ }).click();
    await expect.poll(() => messages().count()).toBe(2);
    await last().getByRole('button', { name: 'Again' }).waitFor(PAINTED);
    expect(await last().locator('.picture').count()).toBe(1);
  });

  it('offers the models that were added for everybody, and paints with the one chosen', async () => {
    await page.getByRole('textbox', { name: 'Message', exact: true }).fill('/imagine ');
    await page.getByLabel('prompt', { exact: true }).fill('a castle');
    await page.getByRole('button', { name: '+ steps' }).click();
    await page.getByLabel('steps', { exact: true }).fill('5');
    await page.getByRole('button', { name: '+ model' }).click();
    await page.getByLabel('model', { exact: true }).fill('oth');
    await page.getByRole('option', { name: /^other: Tiny, 32 × 32/ }).click();
    await page.keyboard.press('Enter');
    await last().getByText('a castle').waitFor();
    await last().getByRole('button', { name: 'Again' }).waitFor();
    await last().getByRole('button', { name: 'Details' }).click();
    await last()
      .getByText(/model .*other/)
      .waitFor();
  });

  it('shows the same after a reload and in a second tab, which hears of what happens in the first', async () => {
    const before = await page.locator('.message-text').allTextContents();
    await page.reload();
    await expect.poll(() => page.locator('.message-text').allTextContents()).toEqual(before);
    const other = await browser.open(url());
    await expect.poll(() => other.locator('.message-text').allTextContents()).toEqual(before);
    await page.getByRole('textbox', { name: 'Message', exact: true }).fill('Hello **there**');
    await page.keyboard.press('Enter');
    await other.locator('.message strong', { hasText: 'there' }).waitFor();
    await other.close();
  });

  it('opens a picture in full and saves it', async () => {
    await page.locator('.picture').first().click();
    const dialog = page.getByRole('dialog');
    const saving = page.waitForEvent('download');
    await dialog.getByRole('link', { name: 'Save' }).click();
    expect((await saving).suggestedFilename()).toMatch(/\.png$/);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  it('says what is wrong with an option at the option, and sends nothing', async () => {
    const sent = playground.discord.requests.length;
    await page.getByRole('textbox', { name: 'Message', exact: true }).fill('/imagine ');
    await page.keyboard.press('Enter');
    await page.getByText('Something is needed here.').waitFor();
    await page.getByLabel('prompt', { exact: true }).fill('a boat');
    await page.getByRole('button', { name: '+ steps' }).click();
    await page.getByLabel('steps', { exact: true }).fill('0');
    await page.keyboard.press('Enter');
    await page.getByText(/^Expected a number between 1 and/).waitFor();
    expect(await page.getByLabel('steps', { exact: true }).getAttribute('aria-invalid')).toBe('true');
    await page.keyboard.press('Escape');
    expect(playground.discord.requests.length).toBe(sent);
  });

  it('lets the moderator pause and remove, in messages only they see and can dismiss', async () => {
    const before = await messages().count();
    await become(page, 'Mira');
    await command(page, '/queue-admin pause ');
    await last().getByText('Only you can see this').waitFor();
    await become(page, 'Ada');
    await paint('a waiting boat', 50);
    await last().getByText('a waiting boat').waitFor();
    await become(page, 'Mira');
    await page.getByRole('textbox', { name: 'Message', exact: true }).fill('/queue-admin remove ');
    await page.getByRole('option', { name: /a waiting boat/ }).click();
    await page.keyboard.press('Enter');
    await page.locator('.command-form').waitFor({ state: 'detached' });
    await command(page, '/queue-admin resume ');
    const dismiss = page.getByRole('button', { name: 'Dismiss message' });
    await expect.poll(() => dismiss.count()).toBe(3);
    while ((await dismiss.count()) > 0) {
      const left = await dismiss.count();
      await dismiss.first().click();
      await expect.poll(() => dismiss.count()).toBeLessThan(left);
    }
    await become(page, 'Ada');
    // Hers, and what tells her alone of it.
    await expect.poll(() => messages().count()).toBe(before + 2);
    await last().getByText('Only you can see this').waitFor();
    expect(await page.locator('.message', { hasText: 'a waiting boat' }).locator('.picture').count()).toBe(0);
  });

  it('keeps Zed from painting: Mira has banned him', async () => {
    await become(page, 'Zed');
    await command(page, '/imagine a boat');
    await last().getByText('Only you can see this').waitFor();
    await page.getByRole('button', { name: 'Dismiss message' }).click();
  });

  it('deletes a picture when its owner presses ❌', async () => {
    await paint('a small boat', 5);
    await last().getByText('a small boat').waitFor();
    await last().getByRole('button', { name: 'Again' }).waitFor();
    await last().getByRole('button', { name: /^❌ 1/ }).click();
    await page.locator('.message', { hasText: 'a small boat' }).waitFor({ state: 'detached' });
  });

  it('keeps queue and messages when the bot is killed under it, and goes on', async () => {
    await paint('a long voyage', LONG);
    await paint('a short voyage', 5);
    await page.locator('.message', { hasText: 'a long voyage' }).locator('.picture').waitFor();
    const before = await messages().count();
    await page.getByRole('button', { name: 'Tools', exact: true }).click();
    await page.getByRole('button', { name: 'Bot and clock' }).click();
    await page.getByRole('button', { name: /^Kill it/ }).click();
    await page.getByText(/Easel is (not connected|starting…)/).waitFor();
    await page.getByText('Easel is here').waitFor();
    for (const voyage of ['a long voyage', 'a short voyage']) {
      await page
        .locator('.message', { hasText: voyage })
        .getByRole('button', { name: 'Again' })
        .waitFor(PAINTED);
    }
    expect(await messages().count()).toBe(before);
    await page.getByRole('button', { name: 'Close the tools' }).click();
  });

  it('can be used with the keyboard alone', async () => {
    await page.getByRole('textbox', { name: 'Message', exact: true }).focus();
    const press = (...keys: readonly string[]) =>
      keys.reduce<Promise<void>>(
        (before, key) => before.then(() => page.keyboard.press(key)),
        Promise.resolve(),
      );
    await page.keyboard.type('/ima');
    await page.getByRole('option', { name: /^\/imagine/ }).waitFor();
    await press('Enter');
    await page.keyboard.type('a raft');
    await press('Enter');
    await page.locator('.message', { hasText: 'a raft' }).getByRole('button', { name: 'Again' }).waitFor();
    // From the text field back to the last message's menu, and there to its first entry.
    const more = last().getByRole('button', { name: 'More' });
    for (let tabs = 0; tabs < 3 && !(await isFocused(more)); tabs++) await press('Shift+Tab');
    expect(await isFocused(more)).toBe(true);
    await press('Enter');
    expect(await isFocused(page.getByRole('menuitem', { name: 'Copy text' }))).toBe(true);
    await press('Escape');
    const again = last().getByRole('button', { name: 'Again' });
    for (let tabs = 0; tabs < 30 && !(await isFocused(again)); tabs++) await press('Shift+Tab');
    expect(await isFocused(again)).toBe(true);
    const count = await messages().count();
    await press('Enter');
    await expect.poll(() => messages().count()).toBe(count + 1);
  });

  it.each(['light', 'dark'] as const)(
    'has no serious flaw for those who need help, and nothing beside a phone’s screen, in the %s theme',
    async (theme) => {
      const other = await browser.open(url(), { colorScheme: theme });
      try {
        await other.getByRole('button', { name: 'Tools', exact: true }).click();
        // A checker that looks at hundreds of equal lines takes its time.
        await other.getByLabel('Filter by name').fill('PUT');
        await other.locator('.happening', { hasText: 'PUT' }).first().waitFor();
        expect(await flaws(other)).toEqual([]);
        for (const tool of ['Faults', 'Bot and clock']) {
          await other.getByRole('button', { name: tool, exact: true }).click();
          expect(await flaws(other, '#tools')).toEqual([]);
        }
        await other.getByRole('button', { name: 'Close the tools' }).click();
        await other.setViewportSize({ width: 390, height: 844 });
        await other.getByRole('textbox', { name: 'Message', exact: true }).fill('/');
        await other.getByRole('listbox', { name: 'Commands' }).waitFor();
        expect(await flaws(other)).toEqual([]);
        expect(await other.evaluate('document.documentElement.scrollWidth')).toBe(390);
      } finally {
        await other.close();
      }
    },
  );

  it('is there again as it was after the whole playground has been stopped and started', async () => {
    const before = await page.locator('.message-text').allTextContents();
    await playground.close();
    playground = await open();
    await page.goto(url());
    await page.getByText('Easel is here').waitFor();
    await expect.poll(() => page.locator('.message-text').allTextContents()).toEqual(before);
    const width =
      "document.querySelector('.picture img').decode().then(() => document.querySelector('.picture img').naturalWidth)";
    expect(await page.evaluate(width)).toBeGreaterThan(0);
    await messages().first().getByRole('button', { name: 'Again' }).click();
    await expect.poll(() => messages().count()).toBe(before.length + 1);
  });
});

async function isFocused(locator: Locator): Promise<boolean> {
  return (await locator.and(locator.page().locator(':focus')).count()) === 1;
}
