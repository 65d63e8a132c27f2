using System.Text.Json;

namespace Experiments.Control.Api.Bodies;

/// <summary>What to change about a flag, for the API document; what is absent stays.</summary>
/// <param name="Name">For people. A new flag without one is named by its key.</param>
/// <param name="Description">Null clears it.</param>
/// <param name="Schema">A JSON Schema that the value of every variant fits; null clears it.</param>
/// <param name="Tags">All of them.</param>
/// <param name="Enabled">A new flag is not.</param>
/// <param name="Archived">An archived flag is in no snapshot.</param>
/// <param name="Off">Key of the variant that is served while the flag is not enabled; null is the fallback of the caller.</param>
/// <param name="Default">Key of the variant that is served where no rule does; null is the fallback of the caller.</param>
/// <param name="Variants">All of them: one that is left out is removed.</param>
/// <param name="Overrides">All of them.</param>
/// <param name="Rules">All of them, in their order.</param>
internal sealed record FlagChangeBody(
    string? Name = null,
    string? Description = null,
    JsonElement? Schema = null,
    IReadOnlyList<string>? Tags = null,
    bool? Enabled = null,
    bool? Archived = null,
    string? Off = null,
    string? Default = null,
    IReadOnlyList<FlagVariantBody>? Variants = null,
    IReadOnlyList<OverrideBody>? Overrides = null,
    IReadOnlyList<FlagRuleBody>? Rules = null);
