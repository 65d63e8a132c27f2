using Experiments.Control.Auditing;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Experiments.Control.Api;

/// <summary>A change that the store was not let make: of a state that is no more is 412, to more than can be kept is 413.</summary>
internal sealed class RefusedWriteHandler(IProblemDetailsService problems) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        int? status = exception switch
        {
            PreconditionFailedException => StatusCodes.Status412PreconditionFailed,
            DefinitionTooLargeException => StatusCodes.Status413PayloadTooLarge,
            _ => null,
        };
        if (status is not { } refused)
        {
            return false;
        }

        httpContext.Response.StatusCode = refused;
        await problems.WriteAsync(new ProblemDetailsContext
        {
            HttpContext = httpContext,
            ProblemDetails = { Status = refused, Detail = exception.Message },
        });
        return true;
    }
}
