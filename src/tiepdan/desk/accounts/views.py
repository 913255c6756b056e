"""Signing in and out."""

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from tiepdan.accounts.backends import is_shut_out
from tiepdan.accounts.models import User
from tiepdan.sittings import reconcile
from tiepdan.sittings.actions import release_session


class SignInForm(AuthenticationForm):
    """Name and password; says plainly what to do when they do not fit."""

    error_messages = {
        "invalid_login": _(
            "Tên đăng nhập hoặc mật khẩu chưa đúng. Hãy kiểm tra phím Caps Lock và bộ "
            "gõ tiếng Việt rồi thử lại; nếu quên, hãy gọi người quản trị của cơ quan."
        ),
        "inactive": _("Tài khoản này đã bị khóa. Hãy gọi người quản trị của cơ quan."),
    }
    use_required_attribute = False

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.label_suffix = ""
        self.fields["username"].label = _("Tên đăng nhập")
        self.fields["password"].label = _("Mật khẩu")
        for field in self.fields.values():
            field.error_messages["required"] = _("Hãy điền mục «{label}».").format(
                label=field.label
            )

    def get_invalid_login_error(self) -> ValidationError:
        """What is wrong: the name or password, or that patience has run out."""
        if is_shut_out(self.request, self.cleaned_data.get("username", "")):
            return ValidationError(
                _("Đã thử sai 5 lần; xin thử lại sau 5 phút, hoặc gọi người quản trị của cơ quan."),
                code="shut_out",
            )
        return super().get_invalid_login_error()


class SignIn(LoginView):
    """The door for officials."""

    authentication_form = SignInForm
    template_name = "desk/sign_in.html"
    redirect_authenticated_user = True


class SignOut(LogoutView):
    """Ends the web session, and with it the media of every seat it holds.

    Drafts that pages kept in the browser go too (`Clear-Site-Data`).
    """

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Leave the seats first: their rooms are told while we still know who it is."""
        if isinstance(request.user, User):
            left = release_session(session_key=request.session.session_key or "", by=request.user)
            for sitting in {seat.sitting for seat in left}:
                reconcile.apply(sitting)
        response = super().post(request, *args, **kwargs)
        response["Clear-Site-Data"] = '"storage"'
        return response
