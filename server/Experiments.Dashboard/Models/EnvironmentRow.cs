using Experiments.Control.Definitions;
using Experiments.Control.Storage;

namespace Experiments.Dashboard.Models;

/// <summary>An environment in the list of all.</summary>
/// <param name="Environment">It.</param>
/// <param name="Live">What is live; null where nothing is.</param>
internal sealed record EnvironmentRow(EnvironmentDefinition Environment, PublicationRecord? Live);
