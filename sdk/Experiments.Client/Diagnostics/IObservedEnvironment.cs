namespace Experiments.Client.Diagnostics;

/// <summary>An environment whose snapshot is reported.</summary>
internal interface IObservedEnvironment
{
    string Environment { get; }

    DeciderStatus Status { get; }
}
