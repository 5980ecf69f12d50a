// The pages in a real browser: in two sizes and two schemes, with a checker of accessibility and one of HTML.
// Usage: node browser.mjs URL FOLDER
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(import.meta.dirname, ".tools", "node_modules", "x.js"));
const puppeteer = require("puppeteer-core");
const { HtmlValidate, StaticConfigLoader } = require("html-validate");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const [url, folder] = process.argv.slice(2);
const SIZES = { phone: { width: 390, height: 844, isMobile: true, hasTouch: true }, desktop: { width: 1280, height: 900 } };
const SCHEMES = ["light", "dark"];
const PAGES = { landing: "", place: "plaats/kyiv/", missing: "404.html" };
const faults = [];

async function open(browser, size, scheme) {
  const page = await browser.newPage();
  await page.setViewport({ ...SIZES[size], deviceScaleFactor: 1 });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  page.on("console", (message) => {
    if (["error", "warn"].includes(message.type())) faults.push(`console: ${message.text()} ${message.location()?.url}`);
  });
  page.on("pageerror", (error) => faults.push(`error: ${error}`));
  page.on("requestfailed", (request) => faults.push(`failed: ${request.url()}`));
  page.on("request", (request) => {
    if (!request.url().startsWith(url)) faults.push(`elsewhere: ${request.url()}`);
  });
  return page;
}

async function accessible(page, name) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  for (const { id, help, nodes } of found.violations) {
    faults.push(`${name}: ${id}: ${help}: ${nodes.map((node) => node.html).slice(0, 3).join(" ")}`);
  }
  return found.passes.length;
}

async function valid(path) {
  const checker = new HtmlValidate(new StaticConfigLoader({ extends: ["html-validate:standard"] }));
  const text = await (await fetch(url + path)).text();
  const { results } = await checker.validateString(text);
  for (const { messages } of results) {
    for (const { line, ruleId, message } of messages) faults.push(`/${path}:${line}: ${ruleId}: ${message}`);
  }
}

const browser = await puppeteer.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
  env: { ...process.env, HOME: folder },
});
try {
  for (const size of Object.keys(SIZES)) {
    for (const scheme of SCHEMES) {
      for (const [name, path] of Object.entries(PAGES)) {
        const page = await open(browser, size, scheme);
        await page.goto(url + path, { waitUntil: "networkidle0" });
        const title = `${name}-${size}-${scheme}`;
        await page.screenshot({ path: join(folder, `${title}.png`) });
        const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
        if (wide) faults.push(`${title}: is wider than its window`);
        if ((await accessible(page, title)) < 10) faults.push(`${title}: the checker of accessibility saw nothing`);
        await page.close();
      }
      const page = await open(browser, size, scheme);
      await page.goto(`${url}atom.xml`, { waitUntil: "networkidle0" });
      await page.screenshot({ path: join(folder, `atom-${size}-${scheme}.png`) });
      const told = await page.evaluate(() => getComputedStyle(document.documentElement, "::before").content);
      if (!told.includes("feed")) faults.push(`atom.xml: is not explained: ${told}`);
      const shown = await page.evaluate(() => parseFloat(getComputedStyle(document.documentElement).fontSize) / innerWidth);
      const pixels = shown * SIZES[size].width;
      if (!(pixels > 14)) faults.push(`atom.xml: its letters are ${pixels} pixels high on a ${size}`);
      await page.close();
    }
  }
  // The filters are links, with the keyboard too.
  const page = await open(browser, "desktop", "light");
  await page.setJavaScriptEnabled(false);
  await page.goto(url, { waitUntil: "networkidle0" });
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  if (!page.url().endsWith("#latest")) faults.push(`the first tab stop leads to ${page.url()}`);
  await Promise.all([page.waitForNavigation(), page.click('nav a[href="plaats/kyiv/"]')]);
  const heading = await page.$eval("h1", (h1) => h1.textContent);
  const places = await page.$$eval("article .meta", (all) => all.map((meta) => meta.textContent));
  if (!heading.includes("Kyiv") || !places.length || !places.every((place) => place.includes("Kyiv"))) {
    faults.push(`the filter leads to ${heading}: ${places}`);
  }
  await Promise.all([page.waitForNavigation(), page.click("header nav a")]);
  if (page.url() !== url) faults.push(`the way back leads to ${page.url()}`);
  for (const path of Object.values(PAGES)) await valid(path);
} finally {
  await browser.close();
}
writeFileSync(join(folder, "faults.txt"), faults.join("\n"));
if (faults.length) {
  console.error([...new Set(faults)].join("\n"));
  process.exit(1);
}
