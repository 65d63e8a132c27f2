using Experiments.Control.Definitions;

namespace Experiments.Dashboard.Models;

/// <summary>An audience in the list.</summary>
/// <param name="Audience">As stored.</param>
/// <param name="Rules">Of it, for its reading and for editing.</param>
/// <param name="Uses">By name.</param>
internal sealed record AudienceRow(AudienceDefinition Audience, List<RuleModel> Rules, IReadOnlyList<AudienceUse> Uses);
