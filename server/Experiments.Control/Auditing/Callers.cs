namespace Experiments.Control.Auditing;

/// <summary>Knows who makes the changes of the present call, wherever in it they are made. Thread-safe.</summary>
internal sealed class Callers
{
    private readonly AsyncLocal<Caller?> _current = new();

    public Caller Current => _current.Value ?? Caller.Anonymous;

    /// <summary>For the rest of the method that calls this, and all that it calls.</summary>
    public void Enter(Caller caller) => _current.Value = caller;
}
