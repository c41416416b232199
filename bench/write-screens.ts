/**
 * Takes the pictures of the playground that the docs show: starts it with the embedded model, paints in it with a headless
 * Chromium (Debian's, or the one `CHROMIUM` names), and writes `docs/playground*.png` and
 * `docs/commands-*.png`.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import sharp from 'sharp';
import { packageRoot } from '../src/package-root.js';
import { startPlayground } from '../src/start-playground.js';

const PATIENCE_MS = 600_000;

const root = packageRoot();
const folder = await mkdtemp(join(tmpdir(), 'easel-screens-'));
const playground = await startPlayground({
  environment: { PATH: process.env['PATH'], LOG_LEVEL: 'warn' },
  folder,
  host: '127.0.0.1',
  port: 0,
});
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(`http://127.0.0.1:${playground.port}/`);
  await page.locator('.suggestions').waitFor();
  await imagine(page, 'a red apple');
  const finished = page.locator('.message').last();
  await finished.getByRole('button', { name: 'Again' }).waitFor();
  await save(await finished.screenshot(), 'commands-picture');
  await page.locator('.viewer select').selectOption({ index: 1 });
  await imagine(page, 'a sunflower');
  await page.locator('.message', { hasText: 'a sunflower' }).locator('.picture').waitFor();
  await page.setViewportSize({ width: 1280, height: 1180 });
  await take(page, 'playground');
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole('button', { name: 'Tools', exact: true }).click();
  await page.locator('.happening').first().waitFor();
  await take(page, 'playground-tools');
  await page.getByRole('button', { name: 'Close the tools' }).click();
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize({ width: 390, height: 844 });
  await take(page, 'playground-phone');
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1280, height: 1180 });
  await imagine(page, 'a castle at night', '--count 4');
  const sheet = page.locator('.message', { hasText: 'a castle at night' });
  await sheet.getByRole('button', { name: 'U1' }).waitFor();
  await save(await sheet.screenshot(), 'commands-sheet');
} finally {
  await browser.close();
  await playground.close();
  await rm(folder, { recursive: true });
}

async function imagine(page: Page, prompt: string, flags = ''): Promise<void> {
  await page.getByRole('textbox', { name: 'Message', exact: true }).fill(`/imagine ${prompt} ${flags}`);
  await page.locator('.command-form').waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.message', { hasText: prompt }).waitFor();
}

async function take(page: Page, name: string): Promise<void> {
  await save(await page.screenshot(), name);
}

async function save(screen: Buffer, name: string): Promise<void> {
  // A palette is plenty, and a third of the bytes.
  const picture = sharp(screen).png({ palette: true, quality: 90 });
  await picture.toFile(join(root, 'docs', `${name}.png`));
}
