namespace Experiments.Control.Operations;

/// <summary>Why an operation was refused. One place maps these to status codes.</summary>
internal enum DomainErrorCode
{
    /// <summary>The input is not what it must be, whatever is stored.</summary>
    InvalidInput,

    /// <summary>An id that nothing has.</summary>
    NotFound,

    /// <summary>A name or key is taken, or something is in use.</summary>
    Conflict,

    /// <summary>Right in itself, but it makes no sense in the present state.</summary>
    NotAllowed,

    /// <summary>A payload over its limit.</summary>
    TooLarge,

    /// <summary>The snapshot store cannot be written.</summary>
    Unavailable,
}
