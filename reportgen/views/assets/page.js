/* What the page does besides its links and forms: it shows how far a command is, takes dropped files,
   opens a figure's origin beside the report, copies a letter, and says that somebody is there. */
"use strict";

const ASK_JOB = 300, ASK_ALIVE = 30000, LARGEST = 100 * 1024 * 1024;

for (const place of document.querySelectorAll("[data-job]")) followJob(place);
for (const form of document.querySelectorAll("[data-drop]")) takeDrops(form);
if (!document.querySelector("[data-drop]")) refuseDrops();
for (const form of document.querySelectorAll("form[method=post]")) sendOnce(form);
for (const cell of document.querySelectorAll(".scroll .marked")) showCell(cell);
document.addEventListener("click", answerClick);
setInterval(sayAlive, ASK_ALIVE);

async function followJob(place) {
  const bar = place.querySelector("progress"), step = place.querySelector(".step");
  for (;;) {
    const job = await (await fetch("/jobs/" + place.dataset.job)).json();
    if (job.finished) { location.reload(); return; }
    if (job.total) bar.value = 100 * job.done / job.total;
    step.textContent = job.step;
    await new Promise(done => setTimeout(done, ASK_JOB));
  }
}

function showCell(cell) {
  if (!cell) return;
  const around = cell.closest(".scroll");
  around.scrollLeft = Math.max(0, cell.offsetLeft + cell.offsetWidth - around.clientWidth + 60);
}

function takeDrops(form) {
  const input = form.querySelector("input[type=file]");
  const over = on => event => { event.preventDefault(); form.classList.toggle("over", on); };
  document.addEventListener("dragover", over(true));
  document.addEventListener("dragleave", over(false));
  document.addEventListener("drop", event => {
    over(false)(event);
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    form.requestSubmit();
  });
  form.addEventListener("submit", event => {
    const large = [...input.files].filter(file => file.size > LARGEST).map(file => file.name);
    if (!large.length) return;
    event.preventDefault();
    alert("太大（超过100MB），没有交，请检查是不是选错了文件：" + large.join("、"));
  });
}

/* Where no file is taken, the browser must not leave the page for one that missed its place. */
function refuseDrops() {
  const misses = event => event.dataTransfer.types.includes("Files") && !event.target.closest?.("input[type=file]");
  document.addEventListener("dragover", event => { if (misses(event)) event.preventDefault(); });
  document.addEventListener("drop", event => {
    if (!misses(event)) return;
    event.preventDefault();
    alert("这一页不收文件，没有收下。部门交回的表请到“收表”里交，改过的报告到“核对”，要核算的文稿到“文稿核算”。");
  });
}

function sendOnce(form) {
  form.addEventListener("submit", event => {
    if (event.defaultPrevented) return;
    setTimeout(() => { for (const button of form.querySelectorAll("button")) button.disabled = true; });
  });
}

function answerClick(event) {
  const figure = event.target.closest("a.figure");
  if (figure) { event.preventDefault(); showFigure(figure.href); return; }
  const copy = event.target.closest("[data-copy]");
  if (copy) { copyText(copy); return; }
  if (event.target.closest("[data-close]")) document.getElementById("figure").close();
}

async function showFigure(address) {
  const answer = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
  const dialog = document.getElementById("figure");
  document.getElementById("figure-body").replaceChildren(
    answer.getElementById("fragment") || answer.querySelector("main"));
  if (!dialog.open) dialog.showModal();
  for (const around of dialog.querySelectorAll(".scroll")) showCell(around.querySelector(".marked"));
}

async function copyText(button) {
  const place = document.getElementById(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(place.textContent);
    button.textContent = "已复制";
  } catch {
    getSelection().selectAllChildren(place);
    button.textContent = "已选中，请按 Ctrl+C";
  }
}

async function sayAlive() {
  try { await fetch("/jobs/0"); document.getElementById("gone").hidden = true; }
  catch { document.getElementById("gone").hidden = false; }
}

addEventListener("pageshow", event => {
  if (event.persisted) for (const button of document.querySelectorAll("form button")) button.disabled = false;
});
