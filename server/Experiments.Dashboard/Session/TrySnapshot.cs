using Experiments.Client;
using Experiments.Control.Definitions;

namespace Experiments.Dashboard.Session;

/// <summary>A content of an environment, ready to decide.</summary>
/// <param name="Version">Null for the draft.</param>
/// <param name="Content">What it was made of.</param>
/// <param name="Decider">Decides from it.</param>
internal sealed record TrySnapshot(long? Version, EnvironmentContent Content, IFeatureDecider Decider);
