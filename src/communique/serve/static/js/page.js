// What every page does: opens the group that an address points into, and shuts long filters on phones.
const open = () => {
  const target = location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
  for (let each = target; each; each = each.parentElement) if (each instanceof HTMLDetailsElement) each.open = true;
};
addEventListener("hashchange", open);
open();
