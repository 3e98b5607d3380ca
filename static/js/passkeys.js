/* Passkeys: asks the browser to make or use one and posts the answer with the form around the button.
   <div data-passkey="add|use|login" data-passkey-options="id of a JSON script"> in a form with a field "credential". */
(() => {
  "use strict";

  const decode = (text) => {
    const base64 = text.replace(/-/g, "+").replace(/_/g, "/");
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)).buffer;
  };
  const encode = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const withIds = (list) => (list || []).map((entry) => ({ ...entry, id: decode(entry.id) }));

  function creation({ publicKey }) {
    return {
      ...publicKey,
      challenge: decode(publicKey.challenge),
      user: { ...publicKey.user, id: decode(publicKey.user.id) },
      excludeCredentials: withIds(publicKey.excludeCredentials),
      authenticatorSelection: {
        ...publicKey.authenticatorSelection,
        residentKey: "required",
        requireResidentKey: true,
        userVerification: "required",
      },
    };
  }

  function request({ publicKey }) {
    return {
      ...publicKey,
      challenge: decode(publicKey.challenge),
      allowCredentials: withIds(publicKey.allowCredentials),
    };
  }

  function asJson(credential) {
    const { response } = credential;
    const parts = ["attestationObject", "authenticatorData", "clientDataJSON", "signature", "userHandle"];
    const encoded = parts.filter((name) => response[name]).map((name) => [name, encode(response[name])]);
    return JSON.stringify({
      type: credential.type,
      id: credential.id,
      rawId: encode(credential.rawId),
      authenticatorAttachment: credential.authenticatorAttachment,
      clientExtensionResults: credential.getClientExtensionResults(),
      response: Object.fromEntries(encoded),
    });
  }

  async function optionsOf(place, form) {
    const held = document.getElementById(place.dataset.passkeyOptions);
    if (held) return JSON.parse(held.textContent);
    const answer = await fetch(form.action, {
      headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" },
    });
    if (!answer.ok) throw new Error(`No options: ${answer.status}`);
    return answer.json();
  }

  async function credentialFor(place, form) {
    const options = await optionsOf(place, form);
    if (place.dataset.passkey === "add") {
      return navigator.credentials.create({ publicKey: creation(options.creation_options) });
    }
    return navigator.credentials.get({ publicKey: request(options.request_options) });
  }

  async function run(place) {
    const form = place.closest("form");
    const say = (name, shown) => { place.querySelector(`[data-passkey-${name}]`).hidden = !shown; };
    say("failed", false);
    if (!window.PublicKeyCredential) return say("unsupported", true);
    if (!form.reportValidity()) return undefined;
    const button = place.querySelector("[data-passkey-button]");
    button.disabled = true;
    try {
      form.elements.credential.value = asJson(await credentialFor(place, form));
      form.submit();
    } catch (error) {
      const impossible = error.name === "SecurityError";
      say(impossible ? "unsupported" : "failed", true);
      button.disabled = false;
    }
    return undefined;
  }

  for (const place of document.querySelectorAll("[data-passkey]")) {
    place.querySelector("[data-passkey-button]").addEventListener("click", () => run(place));
    // Enter in a field would post the form without a passkey.
    if (place.dataset.passkey === "add") {
      place.closest("form").addEventListener("submit", (event) => { event.preventDefault(); run(place); });
    }
  }
})();
