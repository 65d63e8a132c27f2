using Experiments.Client;

namespace Experiments.Dashboard.Health;

/// <summary>What the decide role of this process decides by. Registered only where the process has that role.</summary>
internal interface IDecideStatus
{
    /// <summary>By environment: those that have been asked for and have a snapshot.</summary>
    IReadOnlyDictionary<string, DeciderStatus> Read();
}
