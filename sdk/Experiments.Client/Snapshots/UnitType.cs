namespace Experiments.Client.Snapshots;

/// <summary>Which values of an attribute a hash takes.</summary>
internal enum UnitType : byte
{
    /// <summary>Strings.</summary>
    String,

    /// <summary>Strings but the empty one, numbers but 0 and NaN, true.</summary>
    Truthy,

    /// <summary>Strings and integers.</summary>
    Integer,

    /// <summary>Strings, numbers and booleans.</summary>
    Any,
}
