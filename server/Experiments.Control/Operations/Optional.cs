namespace Experiments.Control.Operations;

/// <summary>A member of a change: absent leaves things as they are, which is not the same as null.</summary>
internal readonly record struct Optional<T>(bool IsPresent, T? Value)
{
    public static implicit operator Optional<T>(T? value) => new(true, value);

    /// <summary>The given value, or <paramref name="current"/> where none was given.</summary>
    public T? Or(T? current) => IsPresent ? Value : current;
}
