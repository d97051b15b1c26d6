// The line to type in has the keys from the beginning, without a click.
addEventListener("load", () => document.querySelector("main textarea")?.focus());
