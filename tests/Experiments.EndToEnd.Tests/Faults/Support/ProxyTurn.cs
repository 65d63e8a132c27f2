namespace Experiments.EndToEnd.Tests.Faults.Support;

/// <summary>Whose turn it is on a connection: a call is what the client sends until the server answers. Both directions use it at once.</summary>
internal sealed class ProxyTurn
{
    private int _isCalling;

    /// <summary>True for the first bytes of a call.</summary>
    public bool BeginCall() => Interlocked.Exchange(ref _isCalling, 1) == 0;

    public void EndCall() => Volatile.Write(ref _isCalling, 0);
}
