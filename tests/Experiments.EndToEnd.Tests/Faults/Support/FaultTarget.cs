namespace Experiments.EndToEnd.Tests.Faults.Support;

/// <summary>A part of the product, and the ways to hurt it and to let it be again.</summary>
internal sealed class FaultTarget
{
    private static readonly TimeSpan CallDelay = TimeSpan.FromSeconds(2);

    /// <summary>Between it and all who call it.</summary>
    public required TcpProxy Proxy { get; init; }

    public required Func<Task> KillAsync { get; init; }

    public required Func<Task> StartAsync { get; init; }

    public required Action Suspend { get; init; }

    public required Action Resume { get; init; }

    public required Action Fill { get; init; }

    public required Func<Task> FreeAsync { get; init; }

    public async Task BeginAsync(FaultKind kind)
    {
        switch (kind)
        {
            case FaultKind.Killed:
                await KillAsync();

                // What is dead refuses connections; its proxy would take them and then reset them.
                Proxy.Refuse();
                break;
            case FaultKind.Stopped:
                Suspend();
                break;
            case FaultKind.Slow:
                Proxy.Delay = CallDelay;
                break;
            case FaultKind.Refusing:
                Proxy.Refuse();
                break;
            default:
                Fill();
                break;
        }
    }

    public async Task EndAsync(FaultKind kind)
    {
        switch (kind)
        {
            case FaultKind.Killed:
                await StartAsync();
                Proxy.Accept();
                break;
            case FaultKind.Stopped:
                Resume();
                break;
            case FaultKind.Slow:
                Proxy.Delay = TimeSpan.Zero;
                break;
            case FaultKind.Refusing:
                Proxy.Accept();
                break;
            default:
                await FreeAsync();
                break;
        }
    }
}
