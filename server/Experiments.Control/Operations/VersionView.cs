using Experiments.Control.Definitions;
using Experiments.Control.Storage;

namespace Experiments.Control.Operations;

/// <summary>A version and what it was made of; null where that was not kept.</summary>
internal sealed record VersionView(PublicationRecord Publication, EnvironmentContent? Content);
