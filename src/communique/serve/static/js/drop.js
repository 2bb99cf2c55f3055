// A file that is dropped on the box is put into its form, and the form is sent.
const form = document.getElementById("drop");
const file = form.querySelector("input[type=file]");
const over = (event, on) => { event.preventDefault(); form.classList.toggle("over", on); };
form.addEventListener("dragover", (event) => over(event, true));
form.addEventListener("dragleave", (event) => over(event, false));
form.addEventListener("drop", (event) => {
  over(event, false);
  if (!event.dataTransfer.files.length) return;
  file.files = event.dataTransfer.files;
  form.requestSubmit();
});
