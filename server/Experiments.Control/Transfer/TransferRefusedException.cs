using Experiments.Control.Operations;

namespace Experiments.Control.Transfer;

/// <summary>A document that cannot be applied. Thrown, so that a transaction keeps nothing of it.</summary>
internal sealed class TransferRefusedException(DomainError error) : Exception(error.Message)
{
    public DomainError Error { get; } = error;

    /// <summary>Bad input, whatever is stored.</summary>
    public static TransferRefusedException Invalid(string path, string fault) => new(Errors.Invalid(path, fault));

    /// <summary>It makes no sense in the present state.</summary>
    public static TransferRefusedException NotAllowed(string path, string sentence) =>
        new(new DomainError(DomainErrorCode.NotAllowed, $"{path}: {sentence}"));

    public static TransferRefusedException Conflict(string path, string sentence) =>
        new(new DomainError(DomainErrorCode.Conflict, $"{path}: {sentence}"));

    /// <summary>Gives an error the path of what it is about; bad input names its own part first.</summary>
    public static void ThrowIf(string path, DomainError? error)
    {
        if (error is not null)
        {
            string separator = error.Code == DomainErrorCode.InvalidInput ? "." : ": ";
            throw new TransferRefusedException(error with { Message = path + separator + error.Message });
        }
    }

    public static T ValueOf<T>(string path, Result<T> result)
    {
        ThrowIf(path, result.Error);
        return result.Value!;
    }
}
